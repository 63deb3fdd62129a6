/* SPDX-License-Identifier: MIT */
/*
 * The systematic sweep: a small scenario with every blocking object is run once to count its
 * kernel hooks, then again with a tick forced at the 1st, 2nd, … hook, and at pairs of them. Its
 * outcome must be the same each time.
 */
#include "linnet_test.h"

#include <FreeRTOS.h>
#include <semphr.h>
#include <sim.h>

#include <stdio.h>

static struct {
    QueueHandle_t queue;
    SemaphoreHandle_t mutex, done;
    int sum, inside;
} world;

static void produce(void *parameter)
{
    for (int i = 1; i <= 4; i++)
        CHECK_EQUAL(pdPASS, xQueueSend(world.queue, &i, 50));
    CHECK_EQUAL(pdPASS, xSemaphoreGive(world.done));
    vTaskDelete(NULL);
}

static void consume(void *parameter)
{
    for (int item, i = 0; i < 4; i++) {
        CHECK_EQUAL(pdPASS, xQueueReceive(world.queue, &item, 50));
        CHECK_EQUAL(pdPASS, xSemaphoreTake(world.mutex, 50));
        CHECK_EQUAL(0, world.inside++);
        world.sum += item;
        CHECK_EQUAL(1, world.inside--);
        CHECK_EQUAL(pdPASS, xSemaphoreGive(world.mutex));
        xTaskNotifyGive((TaskHandle_t)parameter);
    }
    CHECK_EQUAL(pdPASS, xSemaphoreGive(world.done));
    vTaskDelete(NULL);
}

static void scenario(void)
{
    TaskHandle_t self = xTaskGetCurrentTaskHandle();

    world.sum = 0;
    world.queue = xQueueCreate(2, sizeof(int));
    world.mutex = xSemaphoreCreateMutex();
    world.done = xSemaphoreCreateCounting(4, 0);
    for (int i = 0; i < 2; i++) {
        CHECK_EQUAL(pdPASS, xTaskCreate(produce, "p", configMINIMAL_STACK_SIZE, NULL, 2, NULL));
        CHECK_EQUAL(pdPASS, xTaskCreate(consume, "c", configMINIMAL_STACK_SIZE, self, 2, NULL));
    }
    for (int i = 0; i < 8; i++)
        CHECK(ulTaskNotifyTake(pdFALSE, 100) > 0);
    for (int i = 0; i < 4; i++)
        CHECK_EQUAL(pdPASS, xSemaphoreTake(world.done, 100));
    CHECK_EQUAL(20, world.sum);
    vTaskDelay(2); /* the idle task frees what is left */
    vQueueDelete(world.queue);
    vSemaphoreDelete(world.mutex);
    vSemaphoreDelete(world.done);
}

static uint64_t hooks_of_the_scenario(void)
{
    uint64_t before = sim_hook_count();
    scenario();
    return sim_hook_count() - before;
}

TEST(outcome_is_the_same_with_a_switch_forced_at_every_hook)
{
    uint64_t hooks = hooks_of_the_scenario();

    CHECK(hooks > 50);
    printf("%u hooks\n", (unsigned)hooks);
    for (uint64_t n = 1; n <= hooks; n++) {
        CHECK(sim_preempt_at(sim_hook_count() + n));
        scenario();
    }
}

TEST(outcome_is_the_same_with_switches_forced_at_pairs_of_hooks)
{
    uint64_t hooks = hooks_of_the_scenario();

    for (uint64_t n = 1; n <= hooks; n += 3)
        for (uint64_t m = n + 1; m <= hooks; m += 7) {
            uint64_t now = sim_hook_count();
            CHECK(sim_preempt_at(now + n) && sim_preempt_at(now + m));
            scenario();
        }
}

static void give_from_interrupt(void *argument)
{
    BaseType_t switch_needed = pdFALSE;
    CHECK_EQUAL(pdPASS, xSemaphoreGiveFromISR((SemaphoreHandle_t)argument, &switch_needed));
    portYIELD_FROM_ISR(switch_needed);
}

TEST(give_from_interrupt_at_any_moment_of_a_take_with_time_out_is_taken_once)
{
    SemaphoreHandle_t semaphore = xSemaphoreCreateBinary();

    for (uint64_t at = 1; at <= 60; at++) {
        int taken = 0;
        CHECK(sim_interrupt_at_hook(sim_hook_count() + at, give_from_interrupt, semaphore));
        for (int i = 0; i < 80; i++)
            taken += xSemaphoreTake(semaphore, (TickType_t)(i % 3)) == pdPASS;
        CHECK_EQUAL(1, taken);
    }
    vSemaphoreDelete(semaphore);
}
