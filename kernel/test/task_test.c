/* SPDX-License-Identifier: MIT */
/* Tasks: who runs when, delays, suspension, priorities, deletion. */
#include "linnet_test.h"
#include "test_interrupt.h"

#include <FreeRTOS.h>
#include <task.h>

#include <string.h>

static char trail[64];
static size_t steps;

static void step(char mark)
{
    CHECK(steps < sizeof trail - 1);
    trail[steps++] = mark;
    trail[steps] = '\0';
}

static void mark_and_end(void *parameter)
{
    step(*(const char *)parameter);
    vTaskDelete(NULL);
}

TEST(created_task_of_higher_priority_runs_at_once)
{
    step('a');
    CHECK_EQUAL(pdPASS, xTaskCreate(mark_and_end, "b", configMINIMAL_STACK_SIZE, "b",
                                    TEST_TASK_PRIORITY + 1, NULL));
    step('c');
    CHECK_STRING("abc", trail);
}

TEST(created_task_of_lower_priority_waits)
{
    CHECK_EQUAL(pdPASS, xTaskCreate(mark_and_end, "b", configMINIMAL_STACK_SIZE, "b",
                                    TEST_TASK_PRIORITY - 1, NULL));
    step('a');
    vTaskDelay(1);
    CHECK_STRING("ab", trail);
}

TEST(delay_lasts_its_ticks)
{
    TickType_t start = xTaskGetTickCount();
    vTaskDelay(17);
    CHECK_EQUAL(17, (TickType_t)(xTaskGetTickCount() - start));
}

TEST(delay_until_keeps_its_period)
{
    TickType_t wake = xTaskGetTickCount(), start = wake;
    for (int i = 1; i <= 5; i++) {
        CHECK_EQUAL(pdTRUE, xTaskDelayUntil(&wake, 10));
        CHECK_EQUAL((TickType_t)(start + (TickType_t)(10 * i)), xTaskGetTickCount());
        if (i < 5)
            vTaskDelay(3);
    }
    vTaskDelay(25);
    CHECK_EQUAL(pdFALSE, xTaskDelayUntil(&wake, 10));
}

static void count_forever(void *parameter)
{
    volatile uint32_t *count = parameter;
    for (;;) {
        ++*count;
        (void)xTaskGetTickCount();
    }
}

TEST(equal_priorities_share_the_time)
{
    static volatile uint32_t counts[3];
    TaskHandle_t tasks[3];

    for (int i = 0; i < 3; i++)
        CHECK_EQUAL(pdPASS, xTaskCreate(count_forever, "count", configMINIMAL_STACK_SIZE,
                                        (void *)(uintptr_t)&counts[i], 1, &tasks[i]));
    vTaskDelay(300);
    for (int i = 0; i < 3; i++)
        vTaskDelete(tasks[i]);
    for (int i = 0; i < 3; i++)
        CHECK(counts[i] > counts[0] / 2 && counts[i] < counts[0] * 2);
}

TEST(suspended_task_does_not_run_until_resumed)
{
    static volatile uint32_t count;
    TaskHandle_t task;

    CHECK_EQUAL(pdPASS, xTaskCreate(count_forever, "count", configMINIMAL_STACK_SIZE,
                                    (void *)(uintptr_t)&count, 1, &task));
    vTaskDelay(3);
    vTaskSuspend(task);
    CHECK_EQUAL(eSuspended, eTaskGetState(task));
    uint32_t before = count;
    vTaskDelay(3);
    CHECK_EQUAL(before, count);
    vTaskResume(task);
    CHECK_EQUAL(eReady, eTaskGetState(task));
    vTaskDelay(3);
    CHECK(count > before);
    vTaskDelete(task);
}

static void suspend_self(void *parameter)
{
    step('s');
    vTaskSuspend(NULL);
    step('r');
    vTaskDelete(NULL);
}

TEST(task_suspends_itself_and_is_resumed)
{
    TaskHandle_t task;

    CHECK_EQUAL(pdPASS, xTaskCreate(suspend_self, "self", configMINIMAL_STACK_SIZE, NULL,
                                    TEST_TASK_PRIORITY + 1, &task));
    CHECK_STRING("s", trail);
    vTaskResume(task);
    CHECK_STRING("sr", trail);
}

TEST(lowering_the_own_priority_lets_others_run)
{
    CHECK_EQUAL(pdPASS, xTaskCreate(mark_and_end, "b", configMINIMAL_STACK_SIZE, "b", 2, NULL));
    step('a');
    vTaskPrioritySet(NULL, 1);
    step('c');
    CHECK_STRING("abc", trail);
    CHECK_EQUAL(1, uxTaskPriorityGet(NULL));
    vTaskPrioritySet(NULL, TEST_TASK_PRIORITY);
}

static void delay_long(void *parameter)
{
    step('d');
    vTaskDelay(portMAX_DELAY - 1);
    step('w');
    vTaskDelete(NULL);
}

TEST(aborted_delay_ends_early)
{
    TaskHandle_t task;

    CHECK_EQUAL(pdPASS, xTaskCreate(delay_long, "long", configMINIMAL_STACK_SIZE, NULL,
                                    TEST_TASK_PRIORITY + 1, &task));
    CHECK_EQUAL(eBlocked, eTaskGetState(task));
    CHECK_EQUAL(pdPASS, xTaskAbortDelay(task));
    CHECK_STRING("dw", trail);
}

TEST(abort_of_a_task_that_is_not_blocked_fails)
{
    CHECK_EQUAL(pdFAIL, xTaskAbortDelay(xTaskGetCurrentTaskHandle()));
}

TEST(blocked_task_can_be_deleted)
{
    TaskHandle_t task;

    CHECK_EQUAL(pdPASS, xTaskCreate(delay_long, "long", configMINIMAL_STACK_SIZE, NULL,
                                    TEST_TASK_PRIORITY + 1, &task));
    vTaskDelete(task);
    vTaskDelay(5);
    CHECK_STRING("d", trail);
}

TEST(scheduler_held_keeps_others_out_and_makes_up_for_ticks)
{
    vTaskSuspendAll();
    TickType_t start = xTaskGetTickCount();
    CHECK_EQUAL(pdPASS, xTaskCreate(mark_and_end, "b", configMINIMAL_STACK_SIZE, "b",
                                    TEST_TASK_PRIORITY + 1, NULL));
    CHECK_EQUAL(taskSCHEDULER_SUSPENDED, xTaskGetSchedulerState());
    for (uint64_t end = test_time_us() + 5000; test_time_us() < end;)
        CHECK_EQUAL(start, xTaskGetTickCount());
    CHECK_EQUAL(0, steps);
    CHECK_EQUAL(pdTRUE, xTaskResumeAll());
    CHECK_STRING("b", trail);
    CHECK(xTaskGetTickCount() > start);
}

TEST(static_task_runs_in_memory_of_the_caller)
{
    static StaticTask_t buffer;
    static StackType_t stack[configMINIMAL_STACK_SIZE];
    StaticTask_t *buffer_seen = NULL;
    StackType_t *stack_seen = NULL;

    TaskHandle_t task = xTaskCreateStatic(suspend_self, "static", configMINIMAL_STACK_SIZE, NULL,
                                          TEST_TASK_PRIORITY + 1, stack, &buffer);
    CHECK(task == &buffer);
    CHECK_EQUAL(pdTRUE, xTaskGetStaticBuffers(task, &stack_seen, &buffer_seen));
    CHECK(stack_seen == stack && buffer_seen == &buffer);
    CHECK_EQUAL(pdFALSE, xTaskGetStaticBuffers(NULL, &stack_seen, &buffer_seen));
    vTaskDelete(task);
}

TEST(creation_fails_without_memory_and_leaves_nothing)
{
    TaskHandle_t task = NULL;

    CHECK_EQUAL(errCOULD_NOT_ALLOCATE_REQUIRED_MEMORY,
                xTaskCreate(mark_and_end, "big", SIZE_MAX / 2, "b", 1, &task));
    CHECK_EQUAL(errCOULD_NOT_ALLOCATE_REQUIRED_MEMORY,
                xTaskCreate(mark_and_end, "big", SIZE_MAX / sizeof(StackType_t), "b", 1, &task));
    CHECK(task == NULL);
}

TEST(names_are_kept_and_found)
{
    TaskHandle_t task;

    CHECK_EQUAL(pdPASS, xTaskCreate(delay_long, "a name that is too long", configMINIMAL_STACK_SIZE,
                                    NULL, TEST_TASK_PRIORITY + 1, &task));
    CHECK_EQUAL(configMAX_TASK_NAME_LEN - 1, strlen(pcTaskGetName(task)));
    CHECK(xTaskGetHandle(pcTaskGetName(task)) == task);
    CHECK(xTaskGetHandle("nobody") == NULL);
    vTaskDelete(task);
}

TEST(system_state_lists_every_task)
{
    TaskStatus_t statuses[8];
    TaskHandle_t task;

    CHECK_EQUAL(pdPASS, xTaskCreate(delay_long, "long", configMINIMAL_STACK_SIZE, NULL,
                                    TEST_TASK_PRIORITY + 1, &task));
    UBaseType_t count = uxTaskGetSystemState(statuses, 8, NULL);
    CHECK_EQUAL(uxTaskGetNumberOfTasks(), count);
    bool found = false;
    for (UBaseType_t i = 0; i < count; i++)
        if (statuses[i].xHandle == task) {
            CHECK_EQUAL(eBlocked, statuses[i].eCurrentState);
            CHECK_EQUAL(TEST_TASK_PRIORITY + 1, statuses[i].uxCurrentPriority);
            CHECK(statuses[i].usStackHighWaterMark > 0);
            found = true;
        }
    CHECK(found);
    CHECK_EQUAL(0, uxTaskGetSystemState(statuses, count - 1, NULL));
    vTaskDelete(task);
}

TEST(time_out_state_counts_down)
{
    TimeOut_t time_out;
    TickType_t ticks = 10;

    vTaskSetTimeOutState(&time_out);
    vTaskDelay(4);
    CHECK_EQUAL(pdFALSE, xTaskCheckForTimeOut(&time_out, &ticks));
    CHECK_EQUAL(6, ticks);
    vTaskDelay(6);
    CHECK_EQUAL(pdTRUE, xTaskCheckForTimeOut(&time_out, &ticks));
    CHECK_EQUAL(0, ticks);
}

struct sleeper {
    TickType_t delay;
    char mark;
    TickType_t woke;
};

static void sleep_and_mark(void *parameter)
{
    struct sleeper *sleeper = parameter;

    vTaskDelay(sleeper->delay);
    sleeper->woke = xTaskGetTickCount();
    step(sleeper->mark);
    vTaskDelete(NULL);
}

TEST(sleepers_wake_in_order_of_time_across_the_wrap)
{
    static struct sleeper sleepers[] = {{9, 'd', 0}, {2, 'a', 0},  {30, 'f', 0},
                                        {2, 'b', 0}, {17, 'e', 0}, {5, 'c', 0}};

    xTaskCatchUpTicks((TickType_t)(portMAX_DELAY - xTaskGetTickCount() - 10));
    TickType_t start = xTaskGetTickCount();
    for (size_t i = 0; i < sizeof sleepers / sizeof sleepers[0]; i++)
        CHECK_EQUAL(pdPASS, xTaskCreate(sleep_and_mark, "sleeper", configMINIMAL_STACK_SIZE,
                                        &sleepers[i], TEST_TASK_PRIORITY + 1, NULL));
    vTaskDelay(40);
    CHECK_STRING("abcdef", trail);
    CHECK(xTaskGetTickCount() < start);
    for (size_t i = 0; i < sizeof sleepers / sizeof sleepers[0]; i++)
        CHECK_EQUAL(sleepers[i].delay, (TickType_t)(sleepers[i].woke - start));
}

static void sleep_often(void *parameter)
{
    struct test_random random = {(uintptr_t)parameter + 1};

    vTaskDelay(1); /* from here on the clock is read just behind a tick, not just before one */
    for (int i = 0; i < 50; i++) {
        TickType_t start = xTaskGetTickCount(),
                   ticks = (TickType_t)(1 + test_random_below(&random, 40));
        vTaskDelay(ticks);
        CHECK_EQUAL(ticks, (TickType_t)(xTaskGetTickCount() - start));
    }
    vTaskDelete(NULL);
}

TEST(many_sleepers_wake_each_at_its_tick)
{
    UBaseType_t before = uxTaskGetNumberOfTasks();

    for (uintptr_t i = 0; i < 40; i++)
        CHECK_EQUAL(pdPASS, xTaskCreate(sleep_often, "sleeper", configMINIMAL_STACK_SIZE, (void *)i,
                                        TEST_TASK_PRIORITY + 1, NULL));
    while (uxTaskGetNumberOfTasks() != before)
        vTaskDelay(10);
}

TEST(catching_up_ticks_wakes_sleepers)
{
    TickType_t start = xTaskGetTickCount();

    xTaskCatchUpTicks(100);
    CHECK_EQUAL(100, (TickType_t)(xTaskGetTickCount() - start));
}

static void sleep_3_and_mark(void *mark)
{
    vTaskDelay(3);
    strncat(trail, mark, 1);
    vTaskDelete(NULL);
}

TEST(sleepers_of_one_tick_run_by_priority_when_the_scheduler_is_let_go)
{
    trail[0] = '\0';
    for (UBaseType_t i = 0; i < 3; i++)
        CHECK_EQUAL(pdPASS, xTaskCreate(sleep_3_and_mark, "sleeper", configMINIMAL_STACK_SIZE,
                                        &"abc"[i], TEST_TASK_PRIORITY + 1 + i, NULL));
    vTaskSuspendAll();
    for (uint64_t end = test_time_us() + 10000; test_time_us() < end;)
        (void)xTaskGetTickCount();
    CHECK_EQUAL(pdTRUE, xTaskResumeAll());
    CHECK_STRING("cba", trail);
}
