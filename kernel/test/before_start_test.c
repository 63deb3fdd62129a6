/* SPDX-License-Identifier: MIT */
/* What an application may do in main before it starts the scheduler, and a start that fails. */
#include "linnet_test.h"

#include <FreeRTOS.h>
#include <event_groups.h>
#include <queue.h>
#include <semphr.h>
#include <stream_buffer.h>
#include <task.h>
#include <timers.h>

#include <stdlib.h>

static char trail[16];
static size_t steps;

static void step(char mark)
{
    CHECK(steps < sizeof trail - 1);
    trail[steps++] = mark;
}

/* ---- Memory of the kernel's tasks ------------------------------------------------------------- */

static bool idle_gets_memory = true, timer_gets_memory = true;

void vApplicationGetIdleTaskMemory(StaticTask_t **task, StackType_t **stack,
                                   configSTACK_DEPTH_TYPE *stack_depth)
{
    static StaticTask_t memory;
    static StackType_t words[configMINIMAL_STACK_SIZE];

    *task = idle_gets_memory ? &memory : NULL;
    *stack = words;
    *stack_depth = configMINIMAL_STACK_SIZE;
}

void vApplicationGetTimerTaskMemory(StaticTask_t **task, StackType_t **stack,
                                    configSTACK_DEPTH_TYPE *stack_depth)
{
    static StaticTask_t memory;
    static StackType_t words[configTIMER_TASK_STACK_DEPTH];

    *task = timer_gets_memory ? &memory : NULL;
    *stack = words;
    *stack_depth = configTIMER_TASK_STACK_DEPTH;
}

static void start_without_memory(void)
{
    if (configASSERT_DEFINED)
        test_expect_assertion("xTaskCreateStatic: ");
    vTaskStartScheduler();
    CHECK(!configASSERT_DEFINED);
    CHECK_EQUAL(taskSCHEDULER_NOT_STARTED, xTaskGetSchedulerState());
}

TEST(start_returns_without_memory_for_the_idle_task)
{
    idle_gets_memory = false;
    start_without_memory();
}

TEST(start_returns_without_memory_for_the_timer_task)
{
    timer_gets_memory = false;
    start_without_memory();
}

/* ---- Objects ---------------------------------------------------------------------------------- */

TEST(queues_work_before_the_start)
{
    uint32_t item = 7;
    QueueHandle_t queue = xQueueCreate(1, sizeof item);

    CHECK_EQUAL(errQUEUE_EMPTY, xQueueReceive(queue, &item, 0));
    CHECK_EQUAL(pdPASS, xQueueSend(queue, &item, 0));
    CHECK_EQUAL(errQUEUE_FULL, xQueueSend(queue, &item, 0));
    item = 8;
    CHECK_EQUAL(pdPASS, xQueueOverwrite(queue, &item));
    CHECK_EQUAL(pdPASS, xQueuePeek(queue, &item, 0));
    CHECK_EQUAL(pdPASS, xQueueReceive(queue, &item, 0));
    CHECK_EQUAL(8, item);
    vQueueDelete(queue);
}

TEST(semaphores_and_mutexes_work_before_the_start_and_nobody_holds_them)
{
    SemaphoreHandle_t semaphore = xSemaphoreCreateBinary(), mutex = xSemaphoreCreateMutex();

    CHECK_EQUAL(pdPASS, xSemaphoreGive(semaphore));
    CHECK_EQUAL(pdPASS, xSemaphoreTake(semaphore, 0));
    CHECK_EQUAL(pdFAIL, xSemaphoreTake(semaphore, 0));
    CHECK_EQUAL(pdPASS, xSemaphoreTake(mutex, 0));
    CHECK(xSemaphoreGetMutexHolder(mutex) == NULL);
    CHECK_EQUAL(pdFAIL, xSemaphoreTake(mutex, 0));
    CHECK_EQUAL(pdPASS, xSemaphoreGive(mutex));
    CHECK_EQUAL(1, uxSemaphoreGetCount(mutex));
    vSemaphoreDelete(semaphore);
    vSemaphoreDelete(mutex);
}

TEST(event_groups_and_stream_buffers_work_before_the_start)
{
    EventGroupHandle_t group = xEventGroupCreate();
    StreamBufferHandle_t stream = xStreamBufferCreate(4, 1);
    char text[4];

    CHECK_EQUAL(3, xEventGroupSetBits(group, 3));
    CHECK_EQUAL(3, xEventGroupClearBits(group, 1));
    CHECK_EQUAL(2, xEventGroupGetBits(group));
    CHECK_EQUAL(3, xStreamBufferSend(stream, "abc", 3, 0));
    CHECK_EQUAL(pdFALSE, xStreamBufferIsEmpty(stream));
    CHECK_EQUAL(3, xStreamBufferReceive(stream, text, sizeof text, 0));
    CHECK_EQUAL(pdTRUE, xStreamBufferIsEmpty(stream));
    vEventGroupDelete(group);
    vStreamBufferDelete(stream);
}

/* ---- Tasks ------------------------------------------------------------------------------------ */

static void never(void *parameter)
{
    (void)parameter;
    CHECK(false);
}

static TaskHandle_t create(TaskFunction_t code, UBaseType_t priority, void *parameter)
{
    TaskHandle_t task = NULL;

    CHECK_EQUAL(pdPASS,
                xTaskCreate(code, "early", configMINIMAL_STACK_SIZE, parameter, priority, &task));
    return task;
}

TEST(there_are_no_tasks_before_the_first_is_created)
{
    TaskStatus_t status;

    CHECK_EQUAL(0, uxTaskGetNumberOfTasks());
    CHECK_EQUAL(0, uxTaskGetSystemState(&status, 1, NULL));
    CHECK(xTaskGetHandle("early") == NULL);
    CHECK_EQUAL(configINITIAL_TICK_COUNT, xTaskGetTickCount());
}

TEST(task_is_created_and_deleted_before_the_start)
{
    size_t heap = xPortGetFreeHeapSize();

    for (int round = 0; round < 3; round++) {
        TaskHandle_t task = create(never, 1, NULL);
        CHECK_EQUAL(1, uxTaskGetNumberOfTasks());
        CHECK(xTaskGetHandle("early") == task);
        vTaskDelete(task);
        CHECK_EQUAL(0, uxTaskGetNumberOfTasks());
    }
    CHECK_EQUAL(heap, xPortGetFreeHeapSize());
}

#if configGENERATE_RUN_TIME_STATS == 1
TEST(nothing_has_run_before_the_start)
{
    TaskHandle_t task = create(never, 1, NULL);

    CHECK_EQUAL(0, ulTaskGetRunTimeCounter(task));
    CHECK_EQUAL(0, ulTaskGetRunTimePercent(task));
    CHECK_EQUAL(0, ulTaskGetIdleRunTimeCounter());
    CHECK_EQUAL(0, ulTaskGetIdleRunTimePercent());
}

#if configUSE_STATS_FORMATTING_FUNCTIONS > 0
TEST(table_of_run_times_is_complete_before_the_start)
{
    char table[100];

    (void)create(never, 1, NULL);
    vTaskGetRunTimeStatistics(table, sizeof table);
    CHECK_STRING("early          \t0\t\t<1%\r\n", table);
}
#endif
#endif

/* The last of them in time, since it is of the lowest priority, ends the case. */
static void mark(void *parameter)
{
    const char *letter = parameter;

    step(*letter);
    if (*letter == 'z') {
        CHECK_STRING("cabz", trail);
        exit(EXIT_SUCCESS);
    }
    vTaskDelete(NULL);
}

TEST(start_runs_the_highest_first_and_equals_in_order_of_creation)
{
    (void)create(mark, 0, "z");
    TaskHandle_t first = create(mark, 2, "a");
    (void)create(mark, 2, "b");
    TaskHandle_t raised = create(mark, 1, "c");
    vTaskDelete(create(never, 4, NULL));
    CHECK_EQUAL(eReady, eTaskGetState(raised));
    vTaskPrioritySet(raised, 3);
    CHECK_EQUAL(3, uxTaskPriorityGet(raised));
    CHECK_EQUAL(2, uxTaskPriorityGet(first));
    vTaskStartScheduler();
    CHECK(false);
}

static void resume(void *suspended)
{
    step('r');
    CHECK_EQUAL(eSuspended, eTaskGetState(suspended));
    vTaskResume(suspended);
    step('t');
    CHECK_STRING("rst", trail);
    exit(EXIT_SUCCESS);
}

TEST(task_that_was_suspended_before_the_start_waits_for_its_resumption)
{
    TaskHandle_t suspended = create(mark, 3, "s"), twice = create(mark, 3, "n");

    vTaskSuspend(suspended);
    CHECK_EQUAL(eSuspended, eTaskGetState(suspended));
    vTaskSuspend(twice);
    vTaskResume(twice);
    CHECK_EQUAL(eReady, eTaskGetState(twice));
    vTaskSuspend(twice);
    (void)create(resume, 1, suspended);
    vTaskStartScheduler();
    CHECK(false);
}

/* ---- Timers ----------------------------------------------------------------------------------- */

static void expire(TimerHandle_t timer)
{
    (void)timer;
    CHECK_EQUAL(configINITIAL_TICK_COUNT + 5, xTaskGetTickCount());
    exit(EXIT_SUCCESS);
}

TEST(timer_started_before_the_start_expires_after_it)
{
    TimerHandle_t timer = xTimerCreate("early", 5, pdFALSE, NULL, expire);

    CHECK_EQUAL(pdPASS, xTimerStart(timer, portMAX_DELAY));
    CHECK_EQUAL(pdFALSE, xTimerIsTimerActive(timer));
    vTaskStartScheduler();
    CHECK(false);
}

TEST(command_before_the_start_does_not_wait_for_room)
{
    TimerHandle_t timer = xTimerCreate("early", 5, pdFALSE, NULL, expire);

    for (int i = 0; i < configTIMER_QUEUE_LENGTH; i++)
        CHECK_EQUAL(pdPASS, xTimerStart(timer, 0));
    CHECK_EQUAL(pdFAIL, xTimerStart(timer, portMAX_DELAY));
}
