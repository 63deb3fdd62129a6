/* SPDX-License-Identifier: MIT */
/*
 * Functions for interrupts: what each tells about a switch, with and without a pointer for it, when
 * it wakes a task that is higher or lower than the running one, or nobody.
 *
 * A call is a row of a table: what a task waits for, and what the interrupt does to wake it.
 */
#include "scenario.h"

#include <event_groups.h>
#include <message_buffer.h>
#include <queue.h>
#include <semphr.h>
#include <stream_buffer.h>
#include <timers.h>

enum { ABOVE = TEST_TASK_PRIORITY + 2, BELOW = TEST_TASK_PRIORITY - 1 };

static QueueHandle_t empty, full, member;
static QueueSetHandle_t set;
static SemaphoreHandle_t semaphore;
static StreamBufferHandle_t empty_stream, full_stream;
static MessageBufferHandle_t empty_messages, full_messages;
static TaskHandle_t waiter;
static volatile unsigned woken;

static void open_objects(void)
{
    empty = xQueueCreate(1, 1);
    full = xQueueCreate(1, 1);
    member = xQueueCreate(1, 1);
    set = xQueueCreateSet(1);
    semaphore = xSemaphoreCreateBinary();
    empty_stream = xStreamBufferCreate(1, 1);
    full_stream = xStreamBufferCreate(1, 1);
    empty_messages = xMessageBufferCreate(sizeof(size_t) + 1);
    full_messages = xMessageBufferCreate(sizeof(size_t) + 1);
    CHECK_EQUAL(pdPASS, xQueueSend(full, "x", 0));
    CHECK_EQUAL(pdPASS, xQueueAddToSet(member, set));
    CHECK_EQUAL(1, xStreamBufferSend(full_stream, "x", 1, 0));
    CHECK_EQUAL(1, xMessageBufferSend(full_messages, "x", 1, 0));
}

static void close_objects(void)
{
    CHECK_EQUAL(pdPASS, xQueueRemoveFromSet(member, set));
    vQueueDelete(empty);
    vQueueDelete(full);
    vQueueDelete(member);
    vQueueDelete(set);
    vSemaphoreDelete(semaphore);
    vStreamBufferDelete(empty_stream);
    vStreamBufferDelete(full_stream);
    vMessageBufferDelete(empty_messages);
    vMessageBufferDelete(full_messages);
}

/* ---- What a task waits for, and what wakes it ------------------------------------------------- */

static char byte = 'b';

static void receive(void)
{
    char item = 0;

    CHECK_EQUAL(pdPASS, xQueueReceive(empty, &item, portMAX_DELAY));
    CHECK_EQUAL('b', item);
}

static BaseType_t send(BaseType_t *due)
{
    return xQueueSendFromISR(empty, &byte, due);
}

static BaseType_t send_to_front(BaseType_t *due)
{
    return xQueueSendToFrontFromISR(empty, &byte, due);
}

static BaseType_t overwrite(BaseType_t *due)
{
    return xQueueOverwriteFromISR(empty, &byte, due);
}

static void send_when_there_is_room(void)
{
    CHECK_EQUAL(pdPASS, xQueueSend(full, "y", portMAX_DELAY));
}

static BaseType_t make_room(BaseType_t *due)
{
    char item = 0;

    return xQueueReceiveFromISR(full, &item, due);
}

static void select_and_receive(void)
{
    char item = 0;

    CHECK(xQueueSelectFromSet(set, portMAX_DELAY) == member);
    CHECK_EQUAL(pdPASS, xQueueReceive(member, &item, 0));
}

static BaseType_t send_to_member(BaseType_t *due)
{
    return xQueueSendFromISR(member, &byte, due);
}

static void take(void)
{
    CHECK_EQUAL(pdPASS, xSemaphoreTake(semaphore, portMAX_DELAY));
}

static BaseType_t give(BaseType_t *due)
{
    return xSemaphoreGiveFromISR(semaphore, due);
}

static void await_notification(void)
{
    uint32_t value = 0;

    CHECK_EQUAL(pdTRUE, xTaskNotifyWait(0, UINT32_MAX, &value, portMAX_DELAY));
    CHECK(value > 0);
}

static BaseType_t notify(BaseType_t *due)
{
    return xTaskNotifyFromISR(waiter, 4, eSetValueWithoutOverwrite, due);
}

static BaseType_t notify_and_query(BaseType_t *due)
{
    uint32_t before = 1;
    BaseType_t result = xTaskNotifyAndQueryFromISR(waiter, 4, eSetBits, &before, due);

    CHECK_EQUAL(0, before);
    return result;
}

static BaseType_t notify_give(BaseType_t *due)
{
    vTaskNotifyGiveFromISR(waiter, due);
    return pdPASS;
}

static void read_stream(void)
{
    char item = 0;

    CHECK_EQUAL(1, xStreamBufferReceive(empty_stream, &item, 1, portMAX_DELAY));
}

static BaseType_t write_stream(BaseType_t *due)
{
    return xStreamBufferSendFromISR(empty_stream, &byte, 1, due) == 1 ? pdPASS : pdFAIL;
}

static void write_full_stream(void)
{
    CHECK_EQUAL(1, xStreamBufferSend(full_stream, "y", 1, portMAX_DELAY));
}

static BaseType_t read_full_stream(BaseType_t *due)
{
    char item = 0;

    return xStreamBufferReceiveFromISR(full_stream, &item, 1, due) == 1 ? pdPASS : pdFAIL;
}

static void read_message(void)
{
    char item = 0;

    CHECK_EQUAL(1, xMessageBufferReceive(empty_messages, &item, 1, portMAX_DELAY));
}

static BaseType_t write_message(BaseType_t *due)
{
    return xMessageBufferSendFromISR(empty_messages, &byte, 1, due) == 1 ? pdPASS : pdFAIL;
}

static void write_message_when_there_is_room(void)
{
    CHECK_EQUAL(1, xMessageBufferSend(full_messages, "y", 1, portMAX_DELAY));
}

static BaseType_t take_message(BaseType_t *due)
{
    char item = 0;

    return xMessageBufferReceiveFromISR(full_messages, &item, 1, due) == 1 ? pdPASS : pdFAIL;
}

static const struct call {
    void (*wait)(void);
    BaseType_t (*wake)(BaseType_t *due);
} calls[] = {
    {receive, send},
    {receive, send_to_front},
    {receive, overwrite},
    {send_when_there_is_room, make_room},
    {select_and_receive, send_to_member},
    {take, give},
    {await_notification, notify},
    {await_notification, notify_and_query},
    {await_notification, notify_give},
    {read_stream, write_stream},
    {write_full_stream, read_full_stream},
    {read_message, write_message},
    {write_message_when_there_is_room, take_message},
};
enum { CALLS = sizeof calls / sizeof calls[0] };

/* ---- The cases -------------------------------------------------------------------------------- */

static BaseType_t due, *pointer;

static void wake_in_interrupt(void *argument)
{
    const struct call *call = argument;

    CHECK_EQUAL(pdPASS, call->wake(pointer));
}

static void wait_again_and_again(void *argument)
{
    const struct call *call = argument;

    for (;;) {
        call->wait();
        woken++;
    }
}

/* Has a task of that priority wait, and an interrupt wake it. */
static void run_call(const struct call *call, UBaseType_t priority)
{
    woken = 0;
    waiter = spawn(wait_again_and_again, (void *)(uintptr_t)call, priority);
    settle();
    CHECK_EQUAL(0, woken);
    CHECK(test_interrupt(wake_in_interrupt, (void *)(uintptr_t)call));
    settle();
    CHECK_EQUAL(1, woken);
    vTaskDelete(waiter);
}

TEST(call_that_wakes_a_higher_task_says_so)
{
    for (size_t i = 0; i < CALLS; i++) {
        open_objects();
        pointer = &due;
        due = pdFALSE;
        run_call(&calls[i], ABOVE);
        CHECK_EQUAL(pdTRUE, due);
        close_objects();
    }
}

TEST(call_that_wakes_a_lower_task_leaves_what_others_said)
{
    for (size_t i = 0; i < 2 * CALLS; i++) {
        BaseType_t before = i % 2 ? pdTRUE : pdFALSE;

        open_objects();
        pointer = &due;
        due = before;
        run_call(&calls[i / 2], BELOW);
        CHECK_EQUAL(before, due);
        close_objects();
    }
}

TEST(call_without_a_pointer_wakes_all_the_same)
{
    for (size_t i = 0; i < 2 * CALLS; i++) {
        open_objects();
        pointer = NULL;
        run_call(&calls[i / 2], i % 2 ? ABOVE : BELOW);
        close_objects();
    }
}

static void call_for_nobody(void *argument)
{
    char item = 0;

    (void)argument;
    for (int i = 0; i < 2; i++) {
        due = i ? pdTRUE : pdFALSE;
        CHECK_EQUAL(pdPASS, send(&due));
        CHECK_EQUAL(errQUEUE_FULL, send(&due));
        CHECK_EQUAL(errQUEUE_FULL, send_to_front(&due));
        CHECK_EQUAL(pdPASS, overwrite(&due));
        CHECK_EQUAL(pdPASS, xQueueReceiveFromISR(empty, &item, &due));
        CHECK_EQUAL(pdFAIL, xQueueReceiveFromISR(empty, &item, &due));
        CHECK_EQUAL(pdPASS, give(&due));
        CHECK_EQUAL(pdFAIL, give(&due));
        CHECK_EQUAL(pdPASS, xSemaphoreTakeFromISR(semaphore, &due));
        CHECK_EQUAL(pdFAIL, xSemaphoreTakeFromISR(semaphore, &due));
        CHECK_EQUAL(pdPASS, write_stream(&due));
        CHECK_EQUAL(pdFAIL, write_stream(&due));
        CHECK_EQUAL(1, xStreamBufferReceiveFromISR(empty_stream, &item, 1, &due));
        CHECK_EQUAL(0, xStreamBufferReceiveFromISR(empty_stream, &item, 1, &due));
        CHECK_EQUAL(pdPASS, write_message(&due));
        CHECK_EQUAL(pdFAIL, write_message(&due));
        CHECK_EQUAL(1, xMessageBufferReceiveFromISR(empty_messages, &item, 1, &due));
        CHECK_EQUAL(0, xMessageBufferReceiveFromISR(empty_messages, &item, 1, &due));
        CHECK_EQUAL(i ? pdTRUE : pdFALSE, due);
    }
    woken++;
}

TEST(call_that_wakes_nobody_or_fails_leaves_what_others_said)
{
    open_objects();
    CHECK(test_interrupt(call_for_nobody, NULL));
    CHECK_EQUAL(1, woken);
    close_objects();
}

/* A task waits with the third notification; what comes for the others does not wake it. */
static void await_third_notification(void *parameter)
{
    (void)parameter;
    CHECK_EQUAL(1, ulTaskNotifyTakeIndexed(2, pdTRUE, portMAX_DELAY));
    woken++;
    vTaskSuspend(NULL);
}

static void notify_others_then_third(void *argument)
{
    (void)argument;
    due = pdFALSE;
    vTaskNotifyGiveIndexedFromISR(waiter, 0, &due);
    CHECK_EQUAL(pdPASS, xTaskNotifyIndexedFromISR(waiter, 1, 1, eIncrement, &due));
    CHECK_EQUAL(pdPASS, xTaskNotifyIndexedFromISR(waiter, 1, 0, eNoAction, NULL));
    CHECK_EQUAL(pdFALSE, due);
    CHECK_EQUAL(pdPASS, xTaskNotifyIndexedFromISR(waiter, 2, 1, eSetValueWithoutOverwrite, &due));
    CHECK_EQUAL(pdTRUE, due);
    CHECK_EQUAL(pdFAIL, xTaskNotifyIndexedFromISR(waiter, 2, 9, eSetValueWithoutOverwrite, &due));
}

TEST(notification_wakes_who_waits_for_its_index_only)
{
    waiter = spawn(await_third_notification, NULL, ABOVE);
    CHECK(test_interrupt(notify_others_then_third, NULL));
    settle();
    CHECK_EQUAL(1, woken);
    vTaskDelete(waiter);
}

/* ---- Suspension ------------------------------------------------------------------------------- */

static void suspend_again_and_again(void *parameter)
{
    (void)parameter;
    for (;;) {
        vTaskSuspend(NULL);
        woken++;
    }
}

static void resume_in_interrupt(void *expected)
{
    CHECK_EQUAL((BaseType_t)(intptr_t)expected, xTaskResumeFromISR(waiter));
}

TEST(resumption_tells_whether_the_task_is_higher)
{
    waiter = spawn(suspend_again_and_again, NULL, ABOVE);
    CHECK(test_interrupt(resume_in_interrupt, (void *)(intptr_t)pdTRUE));
    settle();
    CHECK_EQUAL(1, woken);
    vTaskPrioritySet(waiter, BELOW);
    CHECK(test_interrupt(resume_in_interrupt, (void *)(intptr_t)pdFALSE));
    CHECK_EQUAL(1, woken);
    settle();
    CHECK_EQUAL(2, woken);
    vTaskDelete(waiter);
}

/* ---- What the timer task does for interrupts --------------------------------------------------- */

static TimerHandle_t timer;

static void count_expiry(TimerHandle_t expired)
{
    CHECK(expired == timer);
    woken++;
}

static void count_call(void *one, uint32_t two)
{
    CHECK(one == &woken && two == 2);
    woken++;
}

static void start_timer(void *argument)
{
    (void)argument;
    CHECK_EQUAL(pdPASS, xTimerStartFromISR(timer, pointer));
}

static void stop_timer(void *argument)
{
    (void)argument;
    CHECK_EQUAL(pdPASS, xTimerStopFromISR(timer, pointer));
}

static void reset_timer(void *argument)
{
    (void)argument;
    CHECK_EQUAL(pdPASS, xTimerResetFromISR(timer, pointer));
}

static void change_period(void *ticks)
{
    CHECK_EQUAL(pdPASS, xTimerChangePeriodFromISR(timer, (TickType_t)(uintptr_t)ticks, pointer));
}

static void pend_call(void *argument)
{
    (void)argument;
    CHECK_EQUAL(pdPASS,
                xTimerPendFunctionCallFromISR(count_call, (void *)(uintptr_t)&woken, 2, pointer));
}

/* An interrupt gives the timer task, which is higher, something to do. */
static void command(test_handler *handler, void *argument)
{
    due = pdFALSE;
    CHECK(test_interrupt(handler, argument));
    CHECK_EQUAL(pointer != NULL ? pdTRUE : pdFALSE, due);
}

TEST(timer_obeys_interrupts_with_and_without_a_pointer)
{
    for (int i = 0; i < 2; i++) {
        pointer = i ? NULL : &due;
        woken = 0;
        timer = xTimerCreate("t", 4, pdFALSE, NULL, count_expiry);
        command(start_timer, NULL);
        vTaskDelay(3);
        command(reset_timer, NULL);
        vTaskDelay(3);
        CHECK_EQUAL(0, woken);
        command(stop_timer, NULL);
        vTaskDelay(3);
        CHECK_EQUAL(0, woken);
        command(change_period, (void *)(uintptr_t)2);
        vTaskDelay(3);
        CHECK_EQUAL(1, woken);
        CHECK_EQUAL(2, xTimerGetPeriod(timer));
        command(pend_call, NULL);
        settle();
        CHECK_EQUAL(2, woken);
        CHECK_EQUAL(pdPASS, xTimerDelete(timer, 1));
        settle();
    }
}

static void overfill_commands(void *argument)
{
    (void)argument;
    for (int i = 0; i < configTIMER_QUEUE_LENGTH; i++)
        CHECK_EQUAL(pdPASS, xTimerStartFromISR(timer, NULL));
    CHECK_EQUAL(pdFAIL, xTimerStartFromISR(timer, NULL));
    CHECK_EQUAL(pdFAIL, xTimerStopFromISR(timer, &due));
    CHECK_EQUAL(pdFAIL, xTimerPendFunctionCallFromISR(count_call, NULL, 0, &due));
    woken++;
}

TEST(command_from_an_interrupt_is_refused_without_room)
{
    timer = xTimerCreate("t", 1000, pdFALSE, NULL, count_expiry);
    CHECK(test_interrupt(overfill_commands, NULL));
    settle();
    CHECK_EQUAL(1, woken);
    CHECK_EQUAL(pdTRUE, xTimerIsTimerActive(timer));
    CHECK_EQUAL(pdPASS, xTimerDelete(timer, 1));
}

static EventGroupHandle_t group;

static void await_bits(void *parameter)
{
    (void)parameter;
    for (;;) {
        CHECK_EQUAL(3, xEventGroupWaitBits(group, 3, pdTRUE, pdTRUE, portMAX_DELAY));
        woken++;
    }
}

static void set_bits(void *bits)
{
    CHECK_EQUAL(pdPASS, xEventGroupSetBitsFromISR(group, (EventBits_t)(uintptr_t)bits, pointer));
}

TEST(event_bits_are_set_for_interrupts_with_and_without_a_pointer)
{
    group = xEventGroupCreate();
    waiter = spawn(await_bits, NULL, ABOVE);
    for (unsigned i = 0; i < 2; i++) {
        pointer = i ? NULL : &due;
        command(set_bits, (void *)(uintptr_t)1);
        settle();
        CHECK_EQUAL(i, woken);
        command(set_bits, (void *)(uintptr_t)2);
        settle();
        CHECK_EQUAL(i + 1, woken);
    }
    vTaskDelete(waiter);
    vEventGroupDelete(group);
}
