/* SPDX-License-Identifier: MIT */
/* The order of running and of being served, over all priorities that the build has. */
#include "scenario.h"

#include <semphr.h>

enum { HIGHEST = configMAX_PRIORITIES - 1, TASKS = HIGHEST /* one a priority below the test's */ };

/* Many tasks that do little. */
static const configSTACK_DEPTH_TYPE stack_depth = TASKS > 50 ? configMINIMAL_STACK_SIZE / 8
                                                             : configMINIMAL_STACK_SIZE;

static UBaseType_t ran[TASKS];
static volatile size_t count;
static SemaphoreHandle_t semaphore;

static void note_priority(void)
{
    CHECK(count < TASKS);
    ran[count++] = uxTaskPriorityGet(NULL);
}

/* Creates a task of each priority but the highest, in an order that jumps about. */
static void create_all(TaskFunction_t code, TaskHandle_t *tasks)
{
    for (unsigned i = 0; i < TASKS; i++) {
        unsigned priority = (i * 97 + 5) % TASKS;
        if (TASKS % 97 == 0)
            priority = i;
        CHECK_EQUAL(pdPASS,
                    xTaskCreate(code, "one", stack_depth, NULL, priority, &tasks[priority]));
    }
}

static void check_order(void)
{
    CHECK_EQUAL(TASKS, count);
    for (unsigned i = 0; i < TASKS; i++)
        CHECK_EQUAL(HIGHEST - 1 - i, ran[i]);
}

static void run_once(void *parameter)
{
    (void)parameter;
    note_priority();
    vTaskDelete(NULL);
}

TEST(ready_tasks_of_all_priorities_run_highest_first)
{
    TaskHandle_t tasks[TASKS];

    vTaskPrioritySet(NULL, HIGHEST);
    create_all(run_once, tasks);
    CHECK_EQUAL(0, count);
    while (count < TASKS)
        settle();
    check_order();
    vTaskPrioritySet(NULL, TEST_TASK_PRIORITY);
    vTaskDelay(2);
}

static void take_once(void *parameter)
{
    (void)parameter;
    CHECK_EQUAL(pdPASS, xSemaphoreTake(semaphore, portMAX_DELAY));
    note_priority();
    vTaskSuspend(NULL);
}

TEST(waiters_of_all_priorities_are_served_highest_first)
{
    TaskHandle_t tasks[TASKS];

    semaphore = xSemaphoreCreateBinary();
    vTaskPrioritySet(NULL, HIGHEST);
    create_all(take_once, tasks);
    settle();
    while (eTaskGetState(tasks[0]) != eBlocked)
        settle();
    for (size_t i = 0; i < TASKS; i++) {
        CHECK_EQUAL(pdPASS, xSemaphoreGive(semaphore));
        while (count == i)
            settle();
        CHECK_EQUAL(i + 1, count);
    }
    check_order();
    for (size_t i = 0; i < TASKS; i++)
        vTaskDelete(tasks[i]);
    vTaskPrioritySet(NULL, TEST_TASK_PRIORITY);
    vSemaphoreDelete(semaphore);
}

static void run_on(void *parameter)
{
    (void)parameter;
    for (;;) {
        note_priority();
        vTaskSuspend(NULL);
    }
}

TEST(ready_task_keeps_its_place_among_the_others_whatever_priority_it_gets)
{
    TaskHandle_t fixed[TASKS], moved = NULL;

    vTaskPrioritySet(NULL, HIGHEST);
    create_all(run_on, fixed);
    while (count < TASKS)
        settle();
    for (unsigned priority = 0; priority + 1 < TASKS; priority++) {
        count = 0;
        moved = fixed[TASKS - 1];
        vTaskResume(moved);
        vTaskResume(fixed[priority]);
        vTaskResume(fixed[priority + 1]);
        vTaskPrioritySet(moved, 0);
        vTaskPrioritySet(moved, priority);
        CHECK_EQUAL(priority, uxTaskPriorityGet(moved));
        while (count < (priority + 1 == TASKS - 1 ? 2 : 3))
            settle();
        vTaskPrioritySet(moved, TASKS - 1);
        if (priority + 1 < TASKS - 1)
            CHECK_EQUAL(priority + 1, ran[0]);
        CHECK_EQUAL(priority, ran[1]);
    }
    for (size_t i = 0; i < TASKS; i++)
        vTaskDelete(fixed[i]);
    vTaskPrioritySet(NULL, TEST_TASK_PRIORITY);
}

static void take_on(void *parameter)
{
    (void)parameter;
    for (;;)
        if (xSemaphoreTake(semaphore, portMAX_DELAY) == pdPASS)
            count++;
}

static BaseType_t due;

static void give(void *argument)
{
    (void)argument;
    due = pdFALSE;
    CHECK_EQUAL(pdPASS, xSemaphoreGiveFromISR(semaphore, &due));
}

static void wake_across(UBaseType_t running, UBaseType_t waiting)
{
    TaskHandle_t task;

    count = 0;
    vTaskPrioritySet(NULL, running);
    CHECK_EQUAL(pdPASS, xTaskCreate(take_on, "one", stack_depth, NULL, waiting, &task));
    while (eTaskGetState(task) != eBlocked)
        settle();
    CHECK(test_interrupt(give, NULL));
    CHECK_EQUAL(waiting > running, due);
    CHECK_EQUAL(waiting > running, count);
    while (count == 0)
        settle();
    vTaskDelete(task);
}

TEST(interrupt_asks_for_a_switch_to_a_higher_task_only)
{
    static const UBaseType_t around[] = {1, 2, 5, 30, 31, 32, 33, 63, 64, 65, 100, 200, HIGHEST};
    enum { PLACES = sizeof around / sizeof around[0] };

    semaphore = xSemaphoreCreateBinary();
    for (size_t i = 0; i < PLACES; i++)
        for (size_t k = 0; k < PLACES; k++)
            if (around[i] <= HIGHEST && around[k] <= HIGHEST)
                wake_across(around[i], around[k]);
    vTaskPrioritySet(NULL, TEST_TASK_PRIORITY);
    vSemaphoreDelete(semaphore);
}
