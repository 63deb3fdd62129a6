/* SPDX-License-Identifier: MIT */
/* Semaphores and mutexes: counts, time-outs, interrupts, inheritance and its end. */
#include "linnet_test.h"
#include "test_interrupt.h"

#include <FreeRTOS.h>
#include <semphr.h>

static SemaphoreHandle_t semaphore, mutex, other;

TEST(binary_semaphore_is_created_taken_and_holds_one)
{
    semaphore = xSemaphoreCreateBinary();
    CHECK_EQUAL(pdFAIL, xSemaphoreTake(semaphore, 0));
    CHECK_EQUAL(pdPASS, xSemaphoreGive(semaphore));
    CHECK_EQUAL(pdFAIL, xSemaphoreGive(semaphore));
    CHECK_EQUAL(1, uxSemaphoreGetCount(semaphore));
    CHECK_EQUAL(pdPASS, xSemaphoreTake(semaphore, 0));
    vSemaphoreDelete(semaphore);
}

TEST(old_form_of_creation_gives_the_semaphore)
{
    vSemaphoreCreateBinary(semaphore);
    CHECK_EQUAL(pdPASS, xSemaphoreTake(semaphore, 0));
    vSemaphoreDelete(semaphore);
}

TEST(counting_semaphore_stops_at_its_limit)
{
    semaphore = xSemaphoreCreateCounting(3, 2);
    CHECK_EQUAL(2, uxSemaphoreGetCount(semaphore));
    CHECK_EQUAL(pdPASS, xSemaphoreGive(semaphore));
    CHECK_EQUAL(pdFAIL, xSemaphoreGive(semaphore));
    for (int i = 0; i < 3; i++)
        CHECK_EQUAL(pdPASS, xSemaphoreTake(semaphore, 0));
    TickType_t start = xTaskGetTickCount();
    CHECK_EQUAL(pdFAIL, xSemaphoreTake(semaphore, 12));
    CHECK_EQUAL(12, (TickType_t)(xTaskGetTickCount() - start));
    vSemaphoreDelete(semaphore);
}

static void give_from_interrupt(void *argument)
{
    BaseType_t switch_needed = pdFALSE;
    CHECK_EQUAL(pdPASS, xSemaphoreGiveFromISR((SemaphoreHandle_t)argument, &switch_needed));
    portYIELD_FROM_ISR(switch_needed);
}

TEST(interrupt_gives_to_a_waiting_task)
{
    semaphore = xSemaphoreCreateBinary();
    CHECK(test_interrupt_in_us(1500, give_from_interrupt, semaphore));
    CHECK_EQUAL(pdPASS, xSemaphoreTake(semaphore, 10));
    vSemaphoreDelete(semaphore);
}

TEST(static_semaphores_know_their_buffers)
{
    static StaticSemaphore_t buffers[4];
    StaticSemaphore_t *seen;
    SemaphoreHandle_t handles[4] = {xSemaphoreCreateBinaryStatic(&buffers[0]),
                                    xSemaphoreCreateCountingStatic(5, 0, &buffers[1]),
                                    xSemaphoreCreateMutexStatic(&buffers[2]),
                                    xSemaphoreCreateRecursiveMutexStatic(&buffers[3])};
    for (int i = 0; i < 4; i++) {
        CHECK_EQUAL(pdTRUE, xSemaphoreGetStaticBuffer(handles[i], &seen));
        CHECK(seen == &buffers[i]);
        vSemaphoreDelete(handles[i]);
    }
}

TEST(mutex_belongs_to_who_took_it)
{
    mutex = xSemaphoreCreateMutex();
    CHECK(xSemaphoreGetMutexHolder(mutex) == NULL);
    CHECK_EQUAL(pdPASS, xSemaphoreTake(mutex, 0));
    CHECK(xSemaphoreGetMutexHolder(mutex) == xTaskGetCurrentTaskHandle());
    CHECK_EQUAL(pdFAIL, xSemaphoreTake(mutex, 3));
    CHECK_EQUAL(pdPASS, xSemaphoreGive(mutex));
    CHECK_EQUAL(pdFAIL, xSemaphoreGive(mutex));
    vSemaphoreDelete(mutex);
}

#if !configASSERT_DEFINED /* otherwise it is caught: misuse_test.c */
static void give_what_is_not_mine(void *parameter)
{
    *(BaseType_t *)parameter = xSemaphoreGive(mutex);
    vTaskDelete(NULL);
}

TEST(mutex_cannot_be_given_by_another_task)
{
    BaseType_t result = pdPASS;
    mutex = xSemaphoreCreateMutex();
    CHECK_EQUAL(pdPASS, xSemaphoreTake(mutex, 0));
    CHECK_EQUAL(pdPASS, xTaskCreate(give_what_is_not_mine, "thief", configMINIMAL_STACK_SIZE,
                                    &result, 5, NULL));
    CHECK_EQUAL(pdFAIL, result);
    CHECK_EQUAL(pdPASS, xSemaphoreGive(mutex));
    vSemaphoreDelete(mutex);
}
#endif

TEST(recursive_mutex_is_given_as_often_as_taken)
{
    mutex = xSemaphoreCreateRecursiveMutex();
    CHECK_EQUAL(pdFAIL, xSemaphoreGiveRecursive(mutex));
    for (int i = 0; i < 3; i++)
        CHECK_EQUAL(pdPASS, xSemaphoreTakeRecursive(mutex, 0));
    for (int i = 0; i < 3; i++) {
        CHECK(xSemaphoreGetMutexHolder(mutex) == xTaskGetCurrentTaskHandle());
        CHECK_EQUAL(pdPASS, xSemaphoreGiveRecursive(mutex));
    }
    CHECK(xSemaphoreGetMutexHolder(mutex) == NULL);
    vSemaphoreDelete(mutex);
}

/* Takes `mutex`, waiting as long as the parameter says, and gives it back. */
static void take_and_give(void *parameter)
{
    if (xSemaphoreTake(mutex, (TickType_t)(uintptr_t)parameter) == pdPASS)
        CHECK_EQUAL(pdPASS, xSemaphoreGive(mutex));
    vTaskDelete(NULL);
}

static TaskHandle_t start_taker(UBaseType_t priority, TickType_t ticks)
{
    TaskHandle_t task;
    CHECK_EQUAL(pdPASS, xTaskCreate(take_and_give, "taker", configMINIMAL_STACK_SIZE,
                                    (void *)(uintptr_t)ticks, priority, &task));
    return task;
}

TEST(mutex_inherits_priority)
{
    mutex = xSemaphoreCreateMutex();
    CHECK_EQUAL(pdPASS, xSemaphoreTake(mutex, 0));
    start_taker(5, portMAX_DELAY);
    CHECK_EQUAL(5, uxTaskPriorityGet(NULL));
    CHECK_EQUAL(TEST_TASK_PRIORITY, uxTaskBasePriorityGet(NULL));
    CHECK_EQUAL(pdPASS, xSemaphoreGive(mutex));
    CHECK_EQUAL(TEST_TASK_PRIORITY, uxTaskPriorityGet(NULL));
    vSemaphoreDelete(mutex);
}

TEST(ledger_36_inheritance_ends_when_the_waiter_times_out)
{
    mutex = xSemaphoreCreateMutex();
    CHECK_EQUAL(pdPASS, xSemaphoreTake(mutex, 0));
    start_taker(4, 20);
    start_taker(5, 10);
    CHECK_EQUAL(5, uxTaskPriorityGet(NULL));
    vTaskDelay(12);
    CHECK_EQUAL(4, uxTaskPriorityGet(NULL));
    vTaskDelay(12);
    CHECK_EQUAL(TEST_TASK_PRIORITY, uxTaskPriorityGet(NULL));
    CHECK_EQUAL(pdPASS, xSemaphoreGive(mutex));
    vSemaphoreDelete(mutex);
}

TEST(ledger_36_inheritance_ends_when_the_waiter_is_deleted_or_suspended)
{
    mutex = xSemaphoreCreateMutex();
    CHECK_EQUAL(pdPASS, xSemaphoreTake(mutex, 0));
    TaskHandle_t four = start_taker(4, portMAX_DELAY), five = start_taker(5, portMAX_DELAY);
    vTaskDelete(five);
    CHECK_EQUAL(4, uxTaskPriorityGet(NULL));
    vTaskSuspend(four);
    CHECK_EQUAL(TEST_TASK_PRIORITY, uxTaskPriorityGet(NULL));
    vTaskResume(four);
    CHECK_EQUAL(4, uxTaskPriorityGet(NULL));
    CHECK_EQUAL(pdPASS, xSemaphoreGive(mutex));
    vTaskDelay(1);
    vSemaphoreDelete(mutex);
}

TEST(ledger_36_nested_mutexes_give_back_only_their_own_inheritance)
{
    SemaphoreHandle_t first = xSemaphoreCreateMutex(), second = xSemaphoreCreateMutex();
    CHECK_EQUAL(pdPASS, xSemaphoreTake(first, 0));
    CHECK_EQUAL(pdPASS, xSemaphoreTake(second, 0));
    mutex = first;
    start_taker(4, portMAX_DELAY);
    mutex = second;
    start_taker(5, portMAX_DELAY);
    CHECK_EQUAL(5, uxTaskPriorityGet(NULL));
    CHECK_EQUAL(pdPASS, xSemaphoreGive(second));
    CHECK_EQUAL(4, uxTaskPriorityGet(NULL));
    mutex = first;
    CHECK_EQUAL(pdPASS, xSemaphoreGive(first));
    CHECK_EQUAL(TEST_TASK_PRIORITY, uxTaskPriorityGet(NULL));
    vTaskDelay(1);
    vSemaphoreDelete(first);
    vSemaphoreDelete(second);
}

static void hold_other_and_wait_for_mutex(void *parameter)
{
    CHECK_EQUAL(pdPASS, xSemaphoreTake(other, 0));
    CHECK_EQUAL(pdPASS, xSemaphoreTake(mutex, portMAX_DELAY));
    CHECK_EQUAL(pdPASS, xSemaphoreGive(mutex));
    CHECK_EQUAL(pdPASS, xSemaphoreGive(other));
    vTaskDelete(NULL);
}

static void wait_for_other(void *parameter)
{
    CHECK_EQUAL(pdPASS, xSemaphoreTake(other, portMAX_DELAY));
    CHECK_EQUAL(pdPASS, xSemaphoreGive(other));
    vTaskDelete(NULL);
}

TEST(ledger_36_inheritance_passes_along_a_chain_of_holders)
{
    TaskHandle_t middle;
    mutex = xSemaphoreCreateMutex();
    other = xSemaphoreCreateMutex();
    CHECK_EQUAL(pdPASS, xSemaphoreTake(mutex, 0));
    CHECK_EQUAL(pdPASS, xTaskCreate(hold_other_and_wait_for_mutex, "middle",
                                    configMINIMAL_STACK_SIZE, NULL, 4, &middle));
    CHECK_EQUAL(4, uxTaskPriorityGet(NULL));
    CHECK_EQUAL(pdPASS,
                xTaskCreate(wait_for_other, "high", configMINIMAL_STACK_SIZE, NULL, 6, NULL));
    CHECK_EQUAL(6, uxTaskPriorityGet(middle));
    CHECK_EQUAL(6, uxTaskPriorityGet(NULL));
    CHECK_EQUAL(pdPASS, xSemaphoreGive(mutex));
    CHECK_EQUAL(TEST_TASK_PRIORITY, uxTaskPriorityGet(NULL));
    vTaskDelay(1);
    vSemaphoreDelete(mutex);
    vSemaphoreDelete(other);
}

TEST(setting_the_base_priority_keeps_what_is_inherited)
{
    mutex = xSemaphoreCreateMutex();
    CHECK_EQUAL(pdPASS, xSemaphoreTake(mutex, 0));
    TaskHandle_t waiter = start_taker(4, portMAX_DELAY);
    vTaskPrioritySet(NULL, 2);
    CHECK_EQUAL(4, uxTaskPriorityGet(NULL));
    vTaskPrioritySet(waiter, 6);
    CHECK_EQUAL(6, uxTaskPriorityGet(NULL));
    CHECK_EQUAL(pdPASS, xSemaphoreGive(mutex));
    CHECK_EQUAL(2, uxTaskPriorityGet(NULL));
    vTaskPrioritySet(NULL, TEST_TASK_PRIORITY);
    vSemaphoreDelete(mutex);
}

static void die_with_mutex(void *parameter)
{
    CHECK_EQUAL(pdPASS, xSemaphoreTake(mutex, 0));
    vTaskDelete(NULL);
}

TEST(ledger_36_mutex_of_a_deleted_task_stays_locked_and_can_be_deleted)
{
    mutex = xSemaphoreCreateMutex();
    CHECK_EQUAL(pdPASS,
                xTaskCreate(die_with_mutex, "dies", configMINIMAL_STACK_SIZE, NULL, 5, NULL));
    vTaskDelay(1);
    CHECK(xSemaphoreGetMutexHolder(mutex) == NULL);
    CHECK_EQUAL(pdFAIL, xSemaphoreTake(mutex, 5));
    if (!configASSERT_DEFINED)
        CHECK_EQUAL(pdFAIL, xSemaphoreGive(mutex));
    vSemaphoreDelete(mutex);
}

/* Takes `mutex`, then waits for `other` five ticks long; and the other way round without end. */
static void take_mutex_then_other(void *parameter)
{
    (void)parameter;
    CHECK_EQUAL(pdPASS, xSemaphoreTake(mutex, 0));
    vTaskDelay(1);
    CHECK_EQUAL(pdFAIL, xSemaphoreTake(other, 5));
    CHECK_EQUAL(pdPASS, xSemaphoreGive(mutex));
    vTaskDelete(NULL);
}

static void take_other_then_mutex(void *parameter)
{
    (void)parameter;
    CHECK_EQUAL(pdPASS, xSemaphoreTake(other, 0));
    vTaskDelay(1);
    CHECK_EQUAL(pdPASS, xSemaphoreTake(mutex, portMAX_DELAY));
    CHECK_EQUAL(pdPASS, xSemaphoreGive(mutex));
    CHECK_EQUAL(pdPASS, xSemaphoreGive(other));
    vTaskDelete(NULL);
}

TEST(ledger_36_time_out_ends_a_deadlock_and_what_was_inherited_in_it)
{
    TaskHandle_t first, second;

    mutex = xSemaphoreCreateMutex();
    other = xSemaphoreCreateMutex();
    CHECK_EQUAL(pdPASS, xTaskCreate(take_mutex_then_other, "first", configMINIMAL_STACK_SIZE, NULL,
                                    2, &first));
    CHECK_EQUAL(pdPASS, xTaskCreate(take_other_then_mutex, "second", configMINIMAL_STACK_SIZE, NULL,
                                    4, &second));
    vTaskDelay(3);
    CHECK_EQUAL(4, uxTaskPriorityGet(first));
    vTaskPrioritySet(second, 1);
    vTaskDelay(10);
    CHECK(xSemaphoreGetMutexHolder(mutex) == NULL);
    CHECK(xSemaphoreGetMutexHolder(other) == NULL);
    CHECK_EQUAL(pdPASS, xSemaphoreTake(mutex, 0));
    CHECK_EQUAL(pdPASS, xSemaphoreGive(mutex));
    vSemaphoreDelete(mutex);
    vSemaphoreDelete(other);
}

/* Three tasks of different priorities fight for two mutexes; a counter each protects must never be
 * seen half changed, whatever the seed makes of the schedule. */
static struct {
    SemaphoreHandle_t guard;
    volatile int first, second;
} shared[2];
static volatile int finished;

static void fight(void *parameter)
{
    struct test_random random = {(uintptr_t)parameter};

    for (int i = 0; i < 60; i++) {
        int which = (int)test_random_below(&random, 2);
        CHECK_EQUAL(pdPASS, xSemaphoreTake(shared[which].guard, portMAX_DELAY));
        CHECK_EQUAL(shared[which].first, shared[which].second);
        shared[which].first++;
        taskYIELD();
        if (test_random_below(&random, 4) == 0)
            vTaskDelay(1);
        shared[which].second++;
        CHECK_EQUAL(pdPASS, xSemaphoreGive(shared[which].guard));
    }
    finished++;
    vTaskDelete(NULL);
}

TEST(mutual_exclusion_holds_under_forced_preemption)
{
    for (uint64_t seed = 1; seed <= 40; seed++) {
        test_shake(seed);
        finished = 0;
        for (int i = 0; i < 2; i++)
            shared[i].guard = xSemaphoreCreateMutex();
        for (uintptr_t i = 0; i < 4; i++)
            CHECK_EQUAL(pdPASS, xTaskCreate(fight, "fighter", configMINIMAL_STACK_SIZE,
                                            (void *)(uintptr_t)(seed * 10 + i), 1 + i / 2, NULL));
        while (finished != 4)
            vTaskDelay(5);
        vTaskDelay(2);
        for (int i = 0; i < 2; i++) {
            CHECK_EQUAL(shared[i].first, shared[i].second);
            vSemaphoreDelete(shared[i].guard);
        }
    }
}
