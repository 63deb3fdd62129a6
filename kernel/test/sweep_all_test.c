/* SPDX-License-Identifier: MIT */
/*
 * Notifications, a queue set, an event group, a stream buffer and a timer in one scenario of two
 * tasks of equal priority, with a tick, which ends a time slice, forced at every hook of the
 * simulator, and at pairs of hooks.
 */
#include "scenario.h"

#include <event_groups.h>
#include <queue.h>
#include <semphr.h>
#include <sim.h>
#include <stdio.h>
#include <stream_buffer.h>
#include <timers.h>

enum { ROUNDS = 3, PATIENCE = 200 };

static struct {
    QueueHandle_t queue;
    SemaphoreHandle_t semaphore, done;
    QueueSetHandle_t set;
    EventGroupHandle_t group;
    StreamBufferHandle_t stream;
    TimerHandle_t timer;
    TaskHandle_t giver, taker;
} world;

static void give_done(TimerHandle_t timer)
{
    (void)timer;
    CHECK_EQUAL(pdPASS, xSemaphoreGive(world.done));
}

static void give(void *parameter)
{
    (void)parameter;
    for (char i = 1; i <= ROUNDS; i++) {
        CHECK_EQUAL(pdPASS, xQueueSend(world.queue, &i, PATIENCE));
        CHECK_EQUAL(pdPASS, xSemaphoreGive(world.semaphore));
        CHECK_EQUAL(1, xStreamBufferSend(world.stream, &i, 1, PATIENCE));
        CHECK_EQUAL(pdPASS, xTaskNotifyGive(world.taker));
        CHECK_EQUAL(3, xEventGroupSync(world.group, 1, 3, PATIENCE) & 3);
        CHECK_EQUAL(i, ulTaskNotifyTake(pdTRUE, PATIENCE));
    }
    CHECK_EQUAL(pdPASS, xTimerStart(world.timer, PATIENCE));
    vTaskDelete(NULL);
}

/* Takes the number from the queue and the semaphore's, in whatever order the set tells them. */
static void take_two(char expected)
{
    for (int k = 0; k < 2; k++) {
        QueueSetMemberHandle_t member = xQueueSelectFromSet(world.set, PATIENCE);
        char item = 0;

        if (member == world.queue) {
            CHECK_EQUAL(pdPASS, xQueueReceive(world.queue, &item, 0));
            CHECK_EQUAL(expected, item);
        } else {
            CHECK(member == world.semaphore);
            CHECK_EQUAL(pdPASS, xSemaphoreTake(world.semaphore, 0));
        }
    }
}

static void take(void *parameter)
{
    (void)parameter;
    for (char i = 1; i <= ROUNDS; i++) {
        char byte = 0;

        take_two(i);
        CHECK_EQUAL(1, xStreamBufferReceive(world.stream, &byte, 1, PATIENCE));
        CHECK_EQUAL(i, byte);
        CHECK_EQUAL(1, ulTaskNotifyTake(pdTRUE, PATIENCE));
        CHECK_EQUAL(3, xEventGroupSync(world.group, 2, 3, PATIENCE) & 3);
        CHECK_EQUAL(pdPASS, xTaskNotify(world.giver, (uint32_t)i, eSetValueWithOverwrite));
    }
    CHECK_EQUAL(pdPASS, xSemaphoreGive(world.done));
    vTaskDelete(NULL);
}

static void scenario(void)
{
    world.queue = xQueueCreate(1, 1);
    world.semaphore = xSemaphoreCreateBinary();
    world.done = xSemaphoreCreateCounting(2, 0);
    world.set = xQueueCreateSet(2);
    world.group = xEventGroupCreate();
    world.stream = xStreamBufferCreate(1, 1);
    world.timer = xTimerCreate("done", 1, pdFALSE, NULL, give_done);
    CHECK_EQUAL(pdPASS, xQueueAddToSet(world.queue, world.set));
    CHECK_EQUAL(pdPASS, xQueueAddToSet(world.semaphore, world.set));
    world.taker = spawn(take, NULL, 2);
    world.giver = spawn(give, NULL, 2);
    CHECK_EQUAL(pdPASS, xSemaphoreTake(world.done, PATIENCE));
    CHECK_EQUAL(pdPASS, xSemaphoreTake(world.done, PATIENCE));
    vTaskDelay(2); /* the idle task frees what is left */
    CHECK_EQUAL(pdPASS, xTimerDelete(world.timer, PATIENCE));
    vStreamBufferDelete(world.stream);
    vEventGroupDelete(world.group);
    CHECK_EQUAL(pdPASS, xQueueRemoveFromSet(world.queue, world.set));
    CHECK_EQUAL(pdPASS, xQueueRemoveFromSet(world.semaphore, world.set));
    vQueueDelete(world.set);
    vQueueDelete(world.queue);
    vSemaphoreDelete(world.semaphore);
    vSemaphoreDelete(world.done);
}

static uint64_t hooks_of_the_scenario(void)
{
    uint64_t before = sim_hook_count();
    scenario();
    return sim_hook_count() - before;
}

TEST(all_objects_survive_a_switch_at_every_hook)
{
    test_sweep_preemption(scenario);
}

TEST(all_objects_survive_switches_at_pairs_of_hooks)
{
    uint64_t hooks = hooks_of_the_scenario();
    printf("%u hooks\n", (unsigned)hooks);

    for (uint64_t n = 1; n <= hooks; n++)
        for (uint64_t m = n + 1; m <= hooks; m++) {
            uint64_t now = sim_hook_count();
            CHECK(sim_preempt_at(now + n) && sim_preempt_at(now + m));
            scenario();
        }
}
