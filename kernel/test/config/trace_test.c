/* SPDX-License-Identifier: MIT */
/*
 * Each trace macro of an event is called where its name says: the application's configuration makes
 * them counters, and each case drives some of them and looks at what they counted.
 */
#include "scenario.h"

#include "harness.h"

#include <event_groups.h>
#include <message_buffer.h>
#include <semphr.h>
#include <timers.h>

unsigned trace_counts[TRACE_EVENT_COUNT];
static bool end_expected;

void trace_ended(void)
{
    test_end(end_expected ? TEST_PASSED : TEST_FAILED);
}

/* The statement makes the event happen `times` times. */
#define CHECK_TRACED(times, event, ...)                                                            \
    do {                                                                                           \
        unsigned counted = trace_counts[EVENT_##event];                                            \
        __VA_ARGS__;                                                                               \
        CHECK_EQUAL(times, trace_counts[EVENT_##event] - counted);                                 \
    } while (0)

/* At least once: what other tasks do is counted as well. */
#define CHECK_SEEN(event) CHECK(trace_counts[EVENT_##event] > 0)

static BaseType_t due;

static void in_interrupt(sim_handler *handler, void *argument)
{
    CHECK(sim_raise(handler, argument));
    vTaskDelay(1);
}

TEST(starting_and_ending_are_told)
{
    CHECK_EQUAL(1, trace_counts[EVENT_traceSTART]);
    CHECK_EQUAL(1, trace_counts[EVENT_traceSTARTING_SCHEDULER]);
    end_expected = true;
    vTaskEndScheduler();
}

static void end_self(void *parameter)
{
    (void)parameter;
    vTaskDelete(NULL);
}

static void sleep_long(void *parameter)
{
    (void)parameter;
    for (;;)
        vTaskDelay(1000);
}

static void fail_to_create(void)
{
    TaskHandle_t task;

    CHECK_TRACED(1, traceTASK_CREATE_FAILED, (void)xTaskCreate(end_self, "", 1000, NULL, 1, &task));
    CHECK_TRACED(1, traceQUEUE_CREATE_FAILED, (void)xQueueCreate(10, 1));
    CHECK_TRACED(1, traceCREATE_MUTEX_FAILED, (void)xSemaphoreCreateMutex());
    CHECK_TRACED(1, traceCREATE_COUNTING_SEMAPHORE_FAILED, (void)xSemaphoreCreateCounting(2, 0));
    CHECK_TRACED(1, traceTIMER_CREATE_FAILED, (void)xTimerCreate("", 1, pdFALSE, NULL, NULL));
    CHECK_TRACED(1, traceEVENT_GROUP_CREATE_FAILED, (void)xEventGroupCreate());
    CHECK_TRACED(1, traceSTREAM_BUFFER_CREATE_FAILED, (void)xStreamBufferCreate(10, 1));
}

TEST(creation_without_memory_is_told)
{
    with_empty_heap(fail_to_create);
}

TEST(a_stream_buffer_without_its_memory_is_told)
{
    CHECK_TRACED(1, traceSTREAM_BUFFER_CREATE_STATIC_FAILED,
                 CHECK(xStreamBufferCreateStatic(10, 1, NULL, NULL) == NULL));
}

static void resume_from_isr(void *task)
{
    due = xTaskResumeFromISR(task);
    portYIELD_FROM_ISR(due);
}

TEST(tasks_and_their_states_are_told)
{
    TaskHandle_t task = NULL;
    TickType_t now = xTaskGetTickCount();

    CHECK_TRACED(1, traceTASK_CREATE, task = spawn(sleep_long, NULL, 1));
    CHECK_TRACED(1, traceTASK_SUSPEND, vTaskSuspend(task));
    CHECK_TRACED(1, traceTASK_RESUME, vTaskResume(task));
    vTaskSuspend(task);
    CHECK_TRACED(1, traceTASK_RESUME_FROM_ISR, in_interrupt(resume_from_isr, task));
    CHECK_TRACED(1, traceTASK_PRIORITY_SET, vTaskPrioritySet(task, 2));
    CHECK_TRACED(1, traceTASK_DELETE, vTaskDelete(task));
    CHECK_TRACED(1, traceTASK_DELAY, vTaskDelay(1));
    now = xTaskGetTickCount();
    CHECK_TRACED(1, traceTASK_DELAY_UNTIL, (void)xTaskDelayUntil(&now, 2));
    CHECK_TRACED(1, traceTASK_INCREMENT_TICK, vTaskDelay(1));
    CHECK_TRACED(1, traceMOVED_TASK_TO_READY_STATE, vTaskDelay(1));
    CHECK_TRACED(1, tracePOST_MOVED_TASK_TO_READY_STATE, vTaskDelay(1));
    CHECK_TRACED(1, traceMOVED_TASK_TO_DELAYED_LIST, vTaskDelay(1));
    CHECK_SEEN(traceTASK_SWITCHED_IN);
    CHECK_SEEN(traceTASK_SWITCHED_OUT);
}

TEST(a_delay_across_the_wrap_of_the_tick_is_told)
{
    go_to_wrap(3);
    CHECK_TRACED(0, traceMOVED_TASK_TO_OVERFLOW_DELAYED_LIST, vTaskDelay(1));
    CHECK_TRACED(1, traceMOVED_TASK_TO_OVERFLOW_DELAYED_LIST, vTaskDelay(10));
}

TEST(sleep_without_ticks_is_told)
{
    unsigned before = trace_counts[EVENT_traceLOW_POWER_IDLE_BEGIN];

    CHECK_TRACED(1, traceINCREASE_TICK_COUNT, vTaskDelay(100));
    CHECK(trace_counts[EVENT_traceLOW_POWER_IDLE_BEGIN] > before);
    CHECK_EQUAL(trace_counts[EVENT_traceLOW_POWER_IDLE_BEGIN],
                trace_counts[EVENT_traceLOW_POWER_IDLE_END]);
}

static void end_without_switch(void *argument)
{
    (void)argument;
    portYIELD_FROM_ISR(pdFALSE);
}

static void end_with_switch(void *argument)
{
    (void)argument;
    portYIELD_FROM_ISR(pdTRUE);
}

TEST(interrupts_are_told)
{
    vTaskSuspendAll(); /* so that a tick asks for no switch */
    CHECK_TRACED(1, traceISR_ENTER, CHECK(sim_raise(end_without_switch, NULL)));
    CHECK_SEEN(traceISR_EXIT);
    CHECK_TRACED(1, traceISR_EXIT_TO_SCHEDULER, CHECK(sim_raise(end_with_switch, NULL)));
    (void)xTaskResumeAll();
}

static QueueHandle_t queue;
static char item;

static void use_queue_from_isr(void *argument)
{
    (void)argument;
    CHECK_TRACED(1, traceQUEUE_SEND_FROM_ISR, (void)xQueueSendFromISR(queue, "x", &due));
    CHECK_TRACED(1, traceQUEUE_SEND_FROM_ISR_FAILED, (void)xQueueSendFromISR(queue, "x", &due));
    CHECK_TRACED(1, traceQUEUE_PEEK_FROM_ISR, (void)xQueuePeekFromISR(queue, &item));
    CHECK_TRACED(1, traceQUEUE_RECEIVE_FROM_ISR, (void)xQueueReceiveFromISR(queue, &item, &due));
    CHECK_TRACED(1, traceQUEUE_RECEIVE_FROM_ISR_FAILED,
                 (void)xQueueReceiveFromISR(queue, &item, &due));
    CHECK_TRACED(1, traceQUEUE_PEEK_FROM_ISR_FAILED, (void)xQueuePeekFromISR(queue, &item));
}

TEST(queues_are_told)
{
    CHECK_TRACED(1, traceQUEUE_CREATE, queue = xQueueCreate(1, 1));
    CHECK_TRACED(1, traceQUEUE_REGISTRY_ADD, vQueueAddToRegistry(queue, "q"));
    CHECK_TRACED(1, traceQUEUE_SEND, (void)xQueueSend(queue, "x", 0));
    CHECK_TRACED(1, traceQUEUE_SEND_FAILED, (void)xQueueSend(queue, "x", 0));
    CHECK_TRACED(1, traceBLOCKING_ON_QUEUE_SEND, (void)xQueueSend(queue, "x", 1));
    CHECK_TRACED(1, traceQUEUE_PEEK, (void)xQueuePeek(queue, &item, 0));
    CHECK_TRACED(1, traceQUEUE_RECEIVE, (void)xQueueReceive(queue, &item, 0));
    CHECK_TRACED(1, traceQUEUE_RECEIVE_FAILED, (void)xQueueReceive(queue, &item, 0));
    CHECK_TRACED(1, traceQUEUE_PEEK_FAILED, (void)xQueuePeek(queue, &item, 0));
    CHECK_TRACED(1, traceBLOCKING_ON_QUEUE_RECEIVE, (void)xQueueReceive(queue, &item, 1));
    CHECK_TRACED(1, traceBLOCKING_ON_QUEUE_PEEK, (void)xQueuePeek(queue, &item, 1));
    in_interrupt(use_queue_from_isr, NULL);
    CHECK_TRACED(1, traceQUEUE_DELETE, vQueueDelete(queue));
}

TEST(queue_sets_are_told)
{
    QueueSetHandle_t set = xQueueCreateSet(1);

    queue = xQueueCreate(1, 1);
    CHECK_EQUAL(pdPASS, xQueueAddToSet(queue, set));
    CHECK_TRACED(1, traceQUEUE_SET_SEND, (void)xQueueSend(queue, "x", 0));
    CHECK(xQueueSelectFromSet(set, 0) == queue);
    CHECK_EQUAL(pdPASS, xQueueReceive(queue, &item, 0));
    CHECK_EQUAL(pdPASS, xQueueRemoveFromSet(queue, set));
    vQueueDelete(queue);
    vQueueDelete(set);
}

static void take_for_a_while(void *mutex)
{
    CHECK_EQUAL(pdPASS, xSemaphoreTake(mutex, 5));
    CHECK_EQUAL(pdPASS, xSemaphoreGive(mutex));
    vTaskDelete(NULL);
}

static void take_recursive(void *mutex)
{
    CHECK_TRACED(1, traceTAKE_MUTEX_RECURSIVE_FAILED, (void)xSemaphoreTakeRecursive(mutex, 0));
    CHECK_TRACED(1, traceGIVE_MUTEX_RECURSIVE_FAILED, (void)xSemaphoreGiveRecursive(mutex));
    vTaskDelete(NULL);
}

TEST(semaphores_and_mutexes_are_told)
{
    SemaphoreHandle_t mutex = NULL, recursive = NULL, counting = NULL;

    CHECK_TRACED(1, traceCREATE_MUTEX, mutex = xSemaphoreCreateMutex());
    CHECK_EQUAL(pdPASS, xSemaphoreTake(mutex, 0));
    CHECK_TRACED(1, traceTASK_PRIORITY_INHERIT, (void)spawn(take_for_a_while, mutex, 5));
    CHECK_TRACED(1, traceTASK_PRIORITY_DISINHERIT, CHECK_EQUAL(pdPASS, xSemaphoreGive(mutex)));
    recursive = xSemaphoreCreateRecursiveMutex();
    CHECK_TRACED(1, traceTAKE_MUTEX_RECURSIVE, (void)xSemaphoreTakeRecursive(recursive, 0));
    (void)spawn(take_recursive, recursive, 5);
    CHECK_TRACED(1, traceGIVE_MUTEX_RECURSIVE, (void)xSemaphoreGiveRecursive(recursive));
    CHECK_TRACED(1, traceCREATE_COUNTING_SEMAPHORE, counting = xSemaphoreCreateCounting(2, 0));
    CHECK_TRACED(1, traceQUEUE_SEND, (void)xSemaphoreGive(counting));
    CHECK_TRACED(1, traceQUEUE_RECEIVE, (void)xSemaphoreTake(counting, 0));
    vTaskDelay(1);
    vSemaphoreDelete(mutex);
    vSemaphoreDelete(recursive);
    vSemaphoreDelete(counting);
}

static void expire(TimerHandle_t timer)
{
    (void)timer;
}

static void be_called(void *one, uint32_t two)
{
    (void)one, (void)two;
}

static void pend_from_isr(void *argument)
{
    (void)argument;
    CHECK_TRACED(1, tracePEND_FUNC_CALL_FROM_ISR,
                 (void)xTimerPendFunctionCallFromISR(be_called, NULL, 0, &due));
}

TEST(timers_are_told)
{
    TimerHandle_t timer = NULL;

    CHECK_TRACED(1, traceTIMER_CREATE, timer = xTimerCreate("t", 1, pdFALSE, NULL, expire));
    CHECK_TRACED(1, traceTIMER_COMMAND_SEND, (void)xTimerStart(timer, 1));
    CHECK_TRACED(1, traceTIMER_EXPIRED, vTaskDelay(3));
    CHECK_SEEN(traceTIMER_COMMAND_RECEIVED);
    CHECK_TRACED(1, tracePEND_FUNC_CALL, (void)xTimerPendFunctionCall(be_called, NULL, 0, 1));
    in_interrupt(pend_from_isr, NULL);
    CHECK_EQUAL(pdPASS, xTimerDelete(timer, 1));
    vTaskDelay(1);
}

static void clear_and_set_from_isr(void *group)
{
    CHECK_TRACED(1, traceEVENT_GROUP_CLEAR_BITS_FROM_ISR,
                 (void)xEventGroupClearBitsFromISR(group, 1));
    CHECK_TRACED(1, traceEVENT_GROUP_SET_BITS_FROM_ISR,
                 (void)xEventGroupSetBitsFromISR(group, 1, &due));
}

TEST(event_groups_are_told)
{
    EventGroupHandle_t group = NULL;

    CHECK_TRACED(1, traceEVENT_GROUP_CREATE, group = xEventGroupCreate());
    CHECK_TRACED(1, traceEVENT_GROUP_SET_BITS, (void)xEventGroupSetBits(group, 1));
    CHECK_TRACED(1, traceEVENT_GROUP_CLEAR_BITS, (void)xEventGroupClearBits(group, 1));
    CHECK_TRACED(1, traceEVENT_GROUP_WAIT_BITS_BLOCK,
                 (void)xEventGroupWaitBits(group, 2, pdFALSE, pdFALSE, 1));
    CHECK_TRACED(1, traceEVENT_GROUP_WAIT_BITS_END,
                 (void)xEventGroupWaitBits(group, 2, pdFALSE, pdFALSE, 1));
    CHECK_TRACED(1, traceEVENT_GROUP_SYNC_BLOCK, (void)xEventGroupSync(group, 1, 3, 1));
    CHECK_TRACED(1, traceEVENT_GROUP_SYNC_END, (void)xEventGroupSync(group, 1, 3, 1));
    in_interrupt(clear_and_set_from_isr, group);
    CHECK_TRACED(1, traceEVENT_GROUP_DELETE, vEventGroupDelete(group));
}

static void notify_from_isr(void *task)
{
    CHECK_TRACED(1, traceTASK_NOTIFY_FROM_ISR, (void)xTaskNotifyFromISR(task, 1, eSetBits, &due));
    CHECK_TRACED(1, traceTASK_NOTIFY_GIVE_FROM_ISR, vTaskNotifyGiveFromISR(task, &due));
}

TEST(notifications_are_told)
{
    TaskHandle_t self = xTaskGetCurrentTaskHandle();

    CHECK_TRACED(1, traceTASK_NOTIFY, (void)xTaskNotify(self, 1, eSetBits));
    CHECK_TRACED(1, traceTASK_NOTIFY_TAKE, (void)ulTaskNotifyTake(pdTRUE, 0));
    CHECK_TRACED(1, traceTASK_NOTIFY_TAKE_BLOCK, (void)ulTaskNotifyTake(pdTRUE, 1));
    CHECK_TRACED(1, traceTASK_NOTIFY_WAIT, (void)xTaskNotifyWait(0, 0, NULL, 0));
    CHECK_TRACED(1, traceTASK_NOTIFY_WAIT_BLOCK, (void)xTaskNotifyWait(0, 0, NULL, 1));
    in_interrupt(notify_from_isr, self);
    (void)xTaskNotifyStateClear(self);
}

static void use_stream_from_isr(void *stream)
{
    CHECK_TRACED(1, traceSTREAM_BUFFER_SEND_FROM_ISR,
                 (void)xStreamBufferSendFromISR(stream, "ab", 2, &due));
    CHECK_TRACED(1, traceSTREAM_BUFFER_RECEIVE_FROM_ISR,
                 (void)xStreamBufferReceiveFromISR(stream, &item, 1, &due));
    CHECK_TRACED(1, traceSTREAM_BUFFER_RESET_FROM_ISR, (void)xStreamBufferResetFromISR(stream));
}

TEST(stream_buffers_are_told)
{
    StreamBufferHandle_t stream = NULL;

    CHECK_TRACED(1, traceSTREAM_BUFFER_CREATE, stream = xStreamBufferCreate(2, 1));
    CHECK_TRACED(1, traceSTREAM_BUFFER_SEND, (void)xStreamBufferSend(stream, "ab", 2, 0));
    CHECK_TRACED(1, traceSTREAM_BUFFER_SEND_FAILED, (void)xStreamBufferSend(stream, "c", 1, 0));
    CHECK_TRACED(1, traceBLOCKING_ON_STREAM_BUFFER_SEND,
                 (void)xStreamBufferSend(stream, "c", 1, 1));
    CHECK_TRACED(1, traceSTREAM_BUFFER_RECEIVE, (void)xStreamBufferReceive(stream, &item, 1, 0));
    CHECK_TRACED(1, traceSTREAM_BUFFER_RESET, (void)xStreamBufferReset(stream));
    CHECK_TRACED(1, traceSTREAM_BUFFER_RECEIVE_FAILED,
                 (void)xStreamBufferReceive(stream, &item, 1, 0));
    CHECK_TRACED(1, traceBLOCKING_ON_STREAM_BUFFER_RECEIVE,
                 (void)xStreamBufferReceive(stream, &item, 1, 1));
    in_interrupt(use_stream_from_isr, stream);
    CHECK_TRACED(1, traceSTREAM_BUFFER_DELETE, vStreamBufferDelete(stream));
}

TEST(allocations_are_told)
{
    void *memory = NULL;

    CHECK_TRACED(1, traceMALLOC, memory = pvPortMalloc(10));
    CHECK_TRACED(1, traceFREE, vPortFree(memory));
}
