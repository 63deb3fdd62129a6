/* SPDX-License-Identifier: MIT */
/* Questions about tasks and objects, from tasks and from interrupts, and what is refused. */
#include "scenario.h"

#include <event_groups.h>
#include <queue.h>
#include <semphr.h>
#include <stream_buffer.h>
#include <timers.h>

#include <string.h>

static SemaphoreHandle_t semaphore, mutex;
static QueueHandle_t queue;
static TaskHandle_t helper;
static bool asked;

/* Runs the handler in an interrupt, now. */
static void interrupt(test_handler *handler, void *argument)
{
    asked = false;
    CHECK(test_interrupt(handler, argument));
    CHECK(asked);
}

/* ---- Objects behind a queue handle ------------------------------------------------------------ */

TEST(queue_tells_its_size_and_kind)
{
    queue = xQueueCreate(3, 5);
    semaphore = xSemaphoreCreateCounting(4, 1);
    mutex = xSemaphoreCreateMutex();
    CHECK_EQUAL(3, uxQueueGetQueueLength(queue));
    CHECK_EQUAL(4, uxQueueGetQueueLength(semaphore));
    CHECK_EQUAL(1, uxQueueGetQueueLength(mutex));
    CHECK_EQUAL(5, uxQueueGetQueueItemSize(queue));
    CHECK_EQUAL(0, uxQueueGetQueueItemSize(semaphore));
    CHECK_EQUAL(queueQUEUE_TYPE_BASE, ucQueueGetQueueType(queue));
    CHECK_EQUAL(queueQUEUE_TYPE_MUTEX, ucQueueGetQueueType(mutex));
    CHECK_EQUAL(3, uxQueueSpacesAvailable(semaphore));
    CHECK_EQUAL(1, uxSemaphoreGetCount(mutex));
    vQueueSetQueueNumber(queue, 77);
    CHECK_EQUAL(77, uxQueueGetQueueNumber(queue));
    vQueueDelete(queue);
    vSemaphoreDelete(semaphore);
    vSemaphoreDelete(mutex);
}

static void look_at_queue(void *argument)
{
    char item = 0;

    (void)argument;
    CHECK_EQUAL(1, uxQueueMessagesWaitingFromISR(queue));
    CHECK_EQUAL(pdFALSE, xQueueIsQueueEmptyFromISR(queue));
    CHECK_EQUAL(pdTRUE, xQueueIsQueueFullFromISR(queue));
    CHECK_EQUAL(pdPASS, xQueuePeekFromISR(queue, &item));
    CHECK_EQUAL('x', item);
    CHECK_EQUAL(errQUEUE_FULL, xQueueSendFromISR(queue, &item, NULL));
    CHECK_EQUAL(pdPASS, xQueueReceiveFromISR(queue, &item, NULL));
    CHECK_EQUAL(pdFAIL, xQueueReceiveFromISR(queue, &item, NULL));
    CHECK_EQUAL(pdFAIL, xQueuePeekFromISR(queue, &item));
    CHECK_EQUAL(pdTRUE, xQueueIsQueueEmptyFromISR(queue));
    CHECK_EQUAL(pdFALSE, xQueueIsQueueFullFromISR(queue));
    asked = true;
}

TEST(queue_answers_an_interrupt)
{
    queue = xQueueCreate(1, 1);
    CHECK_EQUAL(pdPASS, xQueueSend(queue, "x", 0));
    interrupt(look_at_queue, NULL);
    vQueueDelete(queue);
}

static void look_at_semaphores(void *argument)
{
    (void)argument;
    CHECK(xSemaphoreGetMutexHolderFromISR(mutex) == xTaskGetCurrentTaskHandle());
    CHECK_EQUAL(2, uxSemaphoreGetCountFromISR(semaphore));
    CHECK_EQUAL(pdPASS, xSemaphoreTakeFromISR(semaphore, NULL));
    CHECK_EQUAL(pdPASS, xSemaphoreTakeFromISR(semaphore, NULL));
    CHECK_EQUAL(pdFAIL, xSemaphoreTakeFromISR(semaphore, NULL));
    CHECK_EQUAL(pdPASS, xSemaphoreGiveFromISR(semaphore, NULL));
    asked = true;
}

TEST(semaphores_answer_an_interrupt)
{
    semaphore = xSemaphoreCreateCounting(2, 2);
    mutex = xSemaphoreCreateMutex();
    CHECK_EQUAL(pdPASS, xSemaphoreTake(mutex, 0));
    interrupt(look_at_semaphores, NULL);
    CHECK_EQUAL(1, uxSemaphoreGetCount(semaphore));
    CHECK(xSemaphoreGetMutexHolder(semaphore) == NULL);
    CHECK_EQUAL(pdPASS, xSemaphoreGive(mutex));
    vSemaphoreDelete(semaphore);
    vSemaphoreDelete(mutex);
}

TEST(queue_of_items_without_size_counts)
{
    queue = xQueueCreate(2, 0);
    CHECK_EQUAL(pdPASS, xQueueSend(queue, NULL, 0));
    CHECK_EQUAL(pdPASS, xSemaphoreGive(queue));
    CHECK_EQUAL(errQUEUE_FULL, xQueueSend(queue, NULL, 0));
    CHECK_EQUAL(errQUEUE_FULL, xQueueSendToFront(queue, NULL, 0));
    CHECK_EQUAL(pdPASS, xSemaphoreTake(queue, 0));
    CHECK_EQUAL(pdPASS, xQueueReceive(queue, NULL, 0));
    CHECK_EQUAL(errQUEUE_EMPTY, xQueueReceive(queue, NULL, 0));
    vQueueDelete(queue);
}

TEST(peek_waits_and_times_out)
{
    char item = 0;
    TickType_t start = xTaskGetTickCount();

    queue = xQueueCreate(1, 1);
    CHECK_EQUAL(errQUEUE_EMPTY, xQueuePeek(queue, &item, 0));
    CHECK_EQUAL(errQUEUE_EMPTY, xQueuePeek(queue, &item, 4));
    CHECK_EQUAL(4, (TickType_t)(xTaskGetTickCount() - start));
    vQueueDelete(queue);
}

TEST(reset_empties_a_queue)
{
    char item = 'x';

    queue = xQueueCreate(1, 1);
    CHECK_EQUAL(pdPASS, xQueueSend(queue, &item, 0));
    CHECK_EQUAL(pdPASS, xQueueReset(queue));
    CHECK_EQUAL(0, uxQueueMessagesWaiting(queue));
    CHECK_EQUAL(pdPASS, xQueueGenericReset(queue, pdTRUE));
    vQueueDelete(queue);
}

TEST(registry_takes_no_queue_without_a_name)
{
    queue = xQueueCreate(1, 1);
    vQueueAddToRegistry(queue, NULL);
    CHECK(pcQueueGetName(queue) == NULL);
    vQueueDelete(queue);
}

TEST(registry_that_is_full_takes_no_more)
{
    QueueHandle_t queues[configQUEUE_REGISTRY_SIZE + 1];

    for (size_t i = 0; i <= configQUEUE_REGISTRY_SIZE; i++) {
        queues[i] = xQueueCreate(1, 1);
        vQueueAddToRegistry(queues[i], "name");
    }
    CHECK_STRING("name", pcQueueGetName(queues[0]));
    CHECK(pcQueueGetName(queues[configQUEUE_REGISTRY_SIZE]) == NULL);
    for (size_t i = 0; i <= configQUEUE_REGISTRY_SIZE; i++)
        vQueueDelete(queues[i]);
}

/* ---- Queue sets ------------------------------------------------------------------------------- */

static QueueSetHandle_t set;

static void select_member(void *argument)
{
    (void)argument;
    CHECK(xQueueSelectFromSetFromISR(set) == semaphore);
    CHECK_EQUAL(pdPASS, xSemaphoreTakeFromISR(semaphore, NULL));
    CHECK(xQueueSelectFromSetFromISR(set) == NULL);
    asked = true;
}

TEST(set_answers_an_interrupt_and_refuses_what_it_cannot_take)
{
    static StaticQueue_t memory;
    static uint8_t storage[2 * sizeof(QueueHandle_t)];
    QueueSetHandle_t other = xQueueCreateSet(2);

    set = xQueueCreateSetStatic(2, storage, &memory);
    semaphore = xSemaphoreCreateBinary();
    CHECK_EQUAL(pdPASS, xQueueAddToSet(semaphore, set));
    CHECK_EQUAL(pdFAIL, xQueueAddToSet(semaphore, other)); /* it has a set */
    CHECK_EQUAL(pdFAIL, xQueueRemoveFromSet(semaphore, other));
    CHECK_EQUAL(pdPASS, xSemaphoreGive(semaphore));
    CHECK_EQUAL(pdFAIL, xQueueRemoveFromSet(semaphore, set)); /* it has something to take */
    interrupt(select_member, NULL);
    CHECK_EQUAL(pdPASS, xQueueRemoveFromSet(semaphore, set));
    CHECK_EQUAL(pdPASS, xSemaphoreGive(semaphore));
    CHECK_EQUAL(pdFAIL, xQueueAddToSet(semaphore, set));
    vSemaphoreDelete(semaphore);
    vQueueDelete(other);
    vQueueDelete(set);
}

/* ---- Mutexes ---------------------------------------------------------------------------------- */

TEST(mutexes_may_be_given_in_any_order)
{
    SemaphoreHandle_t three[3];

    for (int i = 0; i < 3; i++) {
        three[i] = xSemaphoreCreateMutex();
        CHECK_EQUAL(pdPASS, xSemaphoreTake(three[i], 0));
    }
    CHECK_EQUAL(pdPASS, xSemaphoreGive(three[0]));
    CHECK_EQUAL(pdPASS, xSemaphoreGive(three[2]));
    CHECK_EQUAL(pdPASS, xSemaphoreGive(three[1]));
    for (int i = 0; i < 3; i++)
        vSemaphoreDelete(three[i]);
}

static void hold_recursively(void *parameter)
{
    (void)parameter;
    CHECK_EQUAL(pdPASS, xSemaphoreTakeRecursive(mutex, 0));
    vTaskDelay(10);
    CHECK_EQUAL(pdPASS, xSemaphoreGiveRecursive(mutex));
    vTaskDelete(NULL);
}

TEST(recursive_mutex_of_another_task_is_neither_taken_nor_given)
{
    mutex = xSemaphoreCreateRecursiveMutex();
    (void)spawn(hold_recursively, NULL, 5);
    CHECK_EQUAL(pdFAIL, xSemaphoreTakeRecursive(mutex, 3));
    CHECK_EQUAL(pdFAIL, xSemaphoreGiveRecursive(mutex));
    CHECK_EQUAL(pdPASS, xSemaphoreTakeRecursive(mutex, 20));
    CHECK_EQUAL(pdPASS, xSemaphoreGiveRecursive(mutex));
    vTaskDelay(1);
    vSemaphoreDelete(mutex);
}

TEST(plain_take_of_a_recursive_mutex_is_no_recursion)
{
    mutex = xSemaphoreCreateRecursiveMutex();
    CHECK_EQUAL(pdPASS, xSemaphoreTake(mutex, 0));
    CHECK_EQUAL(pdFAIL, xSemaphoreGiveRecursive(mutex));
    CHECK_EQUAL(pdPASS, xSemaphoreGive(mutex));
    vSemaphoreDelete(mutex);
}

/* ---- Tasks ------------------------------------------------------------------------------------ */

static void sleep_suspended(void *parameter)
{
    (void)parameter;
    for (;;)
        vTaskSuspend(NULL);
}

static void resume_helper(void *argument)
{
    (void)argument;
    CHECK_EQUAL(5, uxTaskPriorityGetFromISR(helper));
    CHECK_EQUAL(5, uxTaskBasePriorityGetFromISR(helper));
    CHECK_EQUAL(pdTRUE, xTaskResumeFromISR(helper));
    CHECK_EQUAL(pdFALSE, xTaskResumeFromISR(helper)); /* it is ready already */
    asked = true;
}

TEST(interrupt_resumes_a_task)
{
    helper = spawn(sleep_suspended, NULL, 5);
    CHECK_EQUAL(eSuspended, eTaskGetState(helper));
    interrupt(resume_helper, NULL);
    CHECK_EQUAL(eSuspended, eTaskGetState(helper)); /* it ran, and sleeps again */
    vTaskDelete(helper);
}

TEST(task_that_was_made_ready_by_an_interrupt_of_the_same_priority_does_not_preempt)
{
    helper = spawn(sleep_suspended, NULL, TEST_TASK_PRIORITY);
    taskYIELD();
    CHECK_EQUAL(eSuspended, eTaskGetState(helper));
    vTaskResume(helper);
    CHECK_EQUAL(eReady, eTaskGetState(helper));
    vTaskResume(helper); /* nothing to do */
    vTaskDelay(0);       /* gives way */
    CHECK_EQUAL(eSuspended, eTaskGetState(helper));
    vTaskDelete(helper);
}

TEST(kernel_tells_of_itself)
{
    TaskStatus_t statuses[8];
    configRUN_TIME_COUNTER_TYPE total;
    TickType_t endless = portMAX_DELAY;
    TimeOut_t time_out;

    CHECK_STRING(configIDLE_TASK_NAME, pcTaskGetName(xTaskGetIdleTaskHandle()));
    CHECK(uxTaskGetStackHighWaterMark(NULL) > 0);
    CHECK(uxTaskGetStackHighWaterMark2(NULL) > 0);
    CHECK_EQUAL(uxTaskGetNumberOfTasks(), uxTaskGetSystemState(statuses, 8, &total));
    CHECK_EQUAL(uxTaskGetNumberOfTasks(), uxTaskGetSystemState(statuses, 8, NULL));
    CHECK_EQUAL(0, uxTaskGetSystemState(statuses, 1, NULL));
    vTaskGetInfo(NULL, &statuses[0], pdFALSE, eBlocked);
    CHECK_EQUAL(eBlocked, statuses[0].eCurrentState);
    vTaskGetInfo(NULL, &statuses[0], pdTRUE, eInvalid);
    CHECK_EQUAL(eRunning, statuses[0].eCurrentState);
    CHECK_EQUAL(taskSCHEDULER_RUNNING, xTaskGetSchedulerState());
    vTaskSuspendAll();
    CHECK_EQUAL(taskSCHEDULER_SUSPENDED, xTaskGetSchedulerState());
    (void)xTaskResumeAll();
    vTaskSetTimeOutState(&time_out);
    CHECK_EQUAL(pdFALSE, xTaskCheckForTimeOut(&time_out, &endless));
    CHECK_EQUAL(portMAX_DELAY, endless);
}

TEST(name_that_is_missing_or_too_long_is_cut)
{
    TaskHandle_t task;

    CHECK_EQUAL(pdPASS,
                xTaskCreate(sleep_suspended, NULL, configMINIMAL_STACK_SIZE, NULL, 1, &task));
    CHECK_STRING("", pcTaskGetName(task));
    vTaskDelete(task);
    CHECK_EQUAL(pdPASS, xTaskCreate(sleep_suspended, "a name that is longer than any may be",
                                    configMINIMAL_STACK_SIZE, NULL, 1, &task));
    CHECK_EQUAL(configMAX_TASK_NAME_LEN - 1, (int)strlen(pcTaskGetName(task)));
    vTaskDelete(task);
}

static void only_count(void *parameter)
{
    for (;;) {
        ++*(unsigned *)parameter;
        (void)xTaskGetTickCount();
    }
}

TEST(tasks_of_priority_0_share_with_the_idle_task)
{
    unsigned rounds = 0;

    helper = spawn(only_count, &rounds, 0);
    vTaskDelay(20);
    CHECK(rounds > 0);
    vTaskDelete(helper);
}

static void count_status(TaskStatus_t *status, void *parameter)
{
    CHECK(status->xHandle != NULL);
    ++*(UBaseType_t *)parameter;
}

TEST(each_task_is_shown_once)
{
    UBaseType_t seen = 0;

    CHECK_EQUAL(uxTaskGetNumberOfTasks(), uxTaskCallForEachTask(count_status, &seen));
    CHECK_EQUAL(uxTaskGetNumberOfTasks(), seen);
}

static BaseType_t hook(void *parameter)
{
    return *(BaseType_t *)parameter;
}

TEST(task_carries_a_tag_and_pointers)
{
    BaseType_t value = 42;

    CHECK_EQUAL(pdFAIL, xTaskCallApplicationTaskHook(NULL, &value));
    vTaskSetApplicationTaskTag(NULL, hook);
    CHECK(xTaskGetApplicationTaskTag(NULL) == hook);
    CHECK(xTaskGetApplicationTaskTagFromISR(NULL) == hook);
    CHECK_EQUAL(42, xTaskCallApplicationTaskHook(NULL, &value));
    vTaskSetThreadLocalStoragePointer(NULL, 1, &value);
    CHECK(pvTaskGetThreadLocalStoragePointer(NULL, 1) == &value);
    CHECK(pvTaskGetThreadLocalStoragePointer(NULL, 0) == NULL);
    CHECK(pvTaskGetThreadLocalStoragePointer(NULL, -1) == NULL);
    vTaskSetThreadLocalStoragePointer(NULL, configNUM_THREAD_LOCAL_STORAGE_POINTERS, &value);
    CHECK(pvTaskGetThreadLocalStoragePointer(NULL, configNUM_THREAD_LOCAL_STORAGE_POINTERS) ==
          NULL);
}

/* ---- Static objects --------------------------------------------------------------------------- */

TEST(dynamic_objects_have_no_static_buffers)
{
    static StackType_t stack[configMINIMAL_STACK_SIZE];
    static StaticTask_t task;
    uint8_t *storage;
    StaticQueue_t *queue_memory;
    StaticSemaphore_t *semaphore_memory;
    StaticTask_t *task_memory;
    StackType_t *task_stack;

    queue = xQueueCreate(1, 1);
    semaphore = xSemaphoreCreateBinary();
    CHECK_EQUAL(pdFALSE, xQueueGetStaticBuffers(queue, &storage, &queue_memory));
    CHECK_EQUAL(pdFALSE, xSemaphoreGetStaticBuffer(semaphore, &semaphore_memory));
    CHECK_EQUAL(pdFALSE, xTaskGetStaticBuffers(NULL, &task_stack, &task_memory));
    helper = xTaskCreateStatic(sleep_suspended, "static", configMINIMAL_STACK_SIZE, NULL, 1, stack,
                               &task);
    CHECK_EQUAL(pdTRUE, xTaskGetStaticBuffers(helper, &task_stack, &task_memory));
    CHECK(task_stack == stack && task_memory == &task);
    vTaskDelete(helper);
    vQueueDelete(queue);
    vSemaphoreDelete(semaphore);
}

TEST(static_queue_without_items_of_size_has_no_storage)
{
    static StaticQueue_t memory;
    uint8_t *storage = (uint8_t *)&memory;
    StaticQueue_t *seen;

    queue = xQueueCreateStatic(2, 0, NULL, &memory);
    CHECK(queue != NULL);
    CHECK_EQUAL(pdTRUE, xQueueGenericGetStaticBuffers(queue, NULL, &seen));
    CHECK(seen == &memory);
    CHECK_EQUAL(pdTRUE, xQueueGenericGetStaticBuffers(queue, &storage, &seen));
    CHECK(storage == NULL);
    vQueueDelete(queue);
}

/* ---- Timers ----------------------------------------------------------------------------------- */

TEST(timer_without_a_callback_runs)
{
    TimerHandle_t timer = xTimerCreate("silent", 2, pdFALSE, NULL, NULL);

    CHECK_EQUAL(pdPASS, xTimerStart(timer, 0));
    vTaskDelay(3);
    CHECK_EQUAL(pdFALSE, xTimerIsTimerActive(timer));
    CHECK_EQUAL(pdPASS, xTimerDelete(timer, 0));
}

/* ---- What is refused: where there are assertions they come first (misuse_test.c) --------------- */

#if !configASSERT_DEFINED
static void refuse_commands(void *timer)
{
    CHECK_EQUAL(pdFAIL, xTimerChangePeriodFromISR((TimerHandle_t)timer, 0, NULL));
    asked = true;
}

TEST(timer_refuses_a_period_of_zero)
{
    TimerHandle_t timer = xTimerCreate("t", 5, pdFALSE, NULL, NULL);

    CHECK(xTimerCreate("t", 0, pdFALSE, NULL, NULL) == NULL);
    CHECK_EQUAL(pdFAIL, xTimerChangePeriod(timer, 0, 0));
    interrupt(refuse_commands, timer);
    CHECK_EQUAL(pdPASS, xTimerDelete(timer, 0));
}

TEST(static_creation_refuses_missing_memory)
{
    static StaticQueue_t memory;
    static StaticTask_t task;
    static StaticTimer_t timer;
    static StaticSemaphore_t buffer;
    static StackType_t stack[64];
    static uint8_t storage[8];

    CHECK(xTaskCreateStatic(sleep_suspended, "t", 64, NULL, 1, NULL, &task) == NULL);
    CHECK(xTaskCreateStatic(sleep_suspended, "t", 64, NULL, 1, stack, NULL) == NULL);
    CHECK(xTaskCreateStatic(sleep_suspended, "t", 0, NULL, 1, stack, &task) == NULL);
    CHECK(xQueueCreateStatic(1, 1, storage, NULL) == NULL);
    CHECK(xQueueCreateStatic(0, 1, storage, &memory) == NULL);
    CHECK(xQueueCreateStatic(1, 1, NULL, &memory) == NULL);
    CHECK(xSemaphoreCreateBinaryStatic(NULL) == NULL);
    CHECK(xSemaphoreCreateCountingStatic(1, 0, NULL) == NULL);
    CHECK(xSemaphoreCreateCountingStatic(0, 0, &buffer) == NULL);
    CHECK(xSemaphoreCreateCountingStatic(1, 2, &buffer) == NULL);
    CHECK(xSemaphoreCreateMutexStatic(NULL) == NULL);
    CHECK(xEventGroupCreateStatic(NULL) == NULL);
    CHECK(xTimerCreateStatic("t", 1, pdFALSE, NULL, NULL, NULL) == NULL);
    CHECK(xTimerCreateStatic("t", 0, pdFALSE, NULL, NULL, &timer) == NULL);
    CHECK(xStreamBufferCreateStatic(8, 1, NULL, (StaticStreamBuffer_t *)(void *)&memory) == NULL);
    CHECK(xStreamBufferCreateStatic(8, 1, storage, NULL) == NULL);
    CHECK(xStreamBufferCreateStatic(1, 0, storage, (StaticStreamBuffer_t *)(void *)&memory) ==
          NULL);
}

TEST(dynamic_creation_refuses_what_makes_no_sense)
{
    CHECK(xQueueCreate(0, 1) == NULL);
    CHECK(xSemaphoreCreateCounting(0, 0) == NULL);
    CHECK(xSemaphoreCreateCounting(1, 2) == NULL);
    CHECK(xStreamBufferCreate(0, 0) == NULL);
    CHECK(xStreamBufferCreate(4, 9) == NULL);
    CHECK(xTaskCreate(sleep_suspended, "t", 0, NULL, 1, NULL) != pdPASS);
}

TEST(priority_out_of_range_is_the_highest)
{
    helper = spawn(sleep_suspended, NULL, configMAX_PRIORITIES + 3);
    CHECK_EQUAL(configMAX_PRIORITIES - 1, uxTaskPriorityGet(helper));
    vTaskPrioritySet(helper, 1);
    vTaskPrioritySet(helper, configMAX_PRIORITIES);
    CHECK_EQUAL(configMAX_PRIORITIES - 1, uxTaskPriorityGet(helper));
    vTaskDelete(helper);
}
#endif
