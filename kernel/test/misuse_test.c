/* SPDX-License-Identifier: MIT */
/*
 * Misuse of the API is named: the assertion says which task called what. Each case passes by that
 * assertion only (test_expect_assertion).
 */
#include "scenario.h"

#include <event_groups.h>
#include <queue.h>
#include <semphr.h>
#include <stream_buffer.h>
#include <timers.h>

#include <string.h>

/* The case goes on only where there are assertions to see. */
static void expect(const char *message)
{
    if (!configASSERT_DEFINED)
        test_skip("this build has no assertions");
    test_expect_assertion(message);
}

/* ---- Calls from the wrong context ------------------------------------------------------------ */

static QueueHandle_t queue;

static void in_interrupt(test_handler *handler)
{
    queue = xQueueCreate(1, sizeof(int));
    CHECK(test_interrupt(handler, NULL));
    settle();
    vQueueDelete(queue);
}

static void receive(void *argument)
{
    int item;

    (void)argument;
    (void)xQueueReceive(queue, &item, 10);
}

TEST(blocking_call_from_an_interrupt_is_named)
{
    expect("xQueueReceive: !");
    in_interrupt(receive);
}

static void delay(void *argument)
{
    (void)argument;
    vTaskDelay(1);
}

TEST(delay_in_an_interrupt_is_named)
{
    expect("vTaskDelay: !");
    in_interrupt(delay);
}

static void send_without_waiting(void *argument)
{
    int item = 1;

    (void)argument;
    (void)xQueueSend(queue, &item, 0);
}

TEST(task_function_in_an_interrupt_is_named_even_if_it_does_not_wait)
{
    expect("xQueueGenericSend: !");
    in_interrupt(send_without_waiting);
}

static void allocate(void *argument)
{
    (void)argument;
    vPortFree(pvPortMalloc(8));
}

TEST(allocation_in_an_interrupt_is_named)
{
    expect("vTaskSuspendAll: !");
    in_interrupt(allocate);
}

TEST(function_for_interrupts_in_a_task_is_named)
{
    int item = 1;

    expect("in task 'test': xQueueGenericSendFromISR: ");
    queue = xQueueCreate(1, sizeof item);
    (void)xQueueSendFromISR(queue, &item, NULL);
}

TEST(notification_for_interrupts_in_a_task_is_named)
{
    expect("in task 'test': vTaskGenericNotifyGiveFromISR: ");
    vTaskNotifyGiveFromISR(xTaskGetCurrentTaskHandle(), NULL);
}

TEST(waiting_while_the_scheduler_is_held_is_named)
{
    expect("in task 'test': vTaskDelay: ");
    vTaskSuspendAll();
    vTaskDelay(1);
}

/* ---- Use of what was deleted ------------------------------------------------------------------ */

TEST(use_of_a_deleted_queue_is_named)
{
    int item = 1;

    expect("in task 'test': xQueueGenericSend: ");
    queue = xQueueCreate(1, sizeof item);
    vQueueDelete(queue);
    (void)xQueueSend(queue, &item, 0);
}

TEST(deleting_a_queue_twice_is_named)
{
    expect("in task 'test': vQueueDelete: ");
    queue = xQueueCreate(1, sizeof(int));
    vQueueDelete(queue);
    vQueueDelete(queue);
}

TEST(use_of_a_deleted_static_queue_is_named)
{
    static StaticQueue_t memory;
    static uint8_t storage[4];
    uint8_t item;

    expect("in task 'test': xQueuePeek: ");
    queue = xQueueCreateStatic(4, 1, storage, &memory);
    vQueueDelete(queue);
    (void)xQueuePeek(queue, &item, 0);
}

TEST(use_of_a_deleted_semaphore_is_named)
{
    expect("in task 'test': xQueueSemaphoreTake: ");
    SemaphoreHandle_t semaphore = xSemaphoreCreateCounting(2, 1);
    vSemaphoreDelete(semaphore);
    (void)xSemaphoreTake(semaphore, 0);
}

TEST(use_of_a_deleted_mutex_is_named)
{
    expect("in task 'test': xQueueTakeMutexRecursive: ");
    SemaphoreHandle_t mutex = xSemaphoreCreateRecursiveMutex();
    vSemaphoreDelete(mutex);
    (void)xSemaphoreTakeRecursive(mutex, 0);
}

TEST(use_of_a_deleted_event_group_is_named)
{
    expect("in task 'test': xEventGroupSetBits: ");
    EventGroupHandle_t group = xEventGroupCreate();
    vEventGroupDelete(group);
    (void)xEventGroupSetBits(group, 1);
}

TEST(use_of_a_deleted_stream_buffer_is_named)
{
    expect("in task 'test': xStreamBufferSend: ");
    StreamBufferHandle_t buffer = xStreamBufferCreate(8, 1);
    vStreamBufferDelete(buffer);
    (void)xStreamBufferSend(buffer, "a", 1, 0);
}

static void ignore(TimerHandle_t timer)
{
    (void)timer;
}

TEST(use_of_a_deleted_timer_is_named)
{
    expect("in task 'test': xTimerGenericCommandFromTask: ");
    TimerHandle_t timer = xTimerCreate("late", 5, pdFALSE, NULL, ignore);
    CHECK_EQUAL(pdPASS, xTimerDelete(timer, 10));
    settle();
    (void)xTimerStart(timer, 0);
}

static void wait_for_ever(void *parameter)
{
    (void)parameter;
    vTaskSuspend(NULL);
}

static TaskHandle_t a_deleted_task(void)
{
    TaskHandle_t task = spawn(wait_for_ever, NULL, 1);

    settle();
    vTaskDelete(task);
    return task;
}

TEST(resuming_a_deleted_task_is_named)
{
    expect("in task 'test': vTaskResume: ");
    vTaskResume(a_deleted_task());
}

TEST(notifying_a_deleted_task_is_named)
{
    expect("in task 'test': rtos_notify_give: ");
    (void)xTaskNotifyGive(a_deleted_task());
}

TEST(deleting_a_task_twice_is_named)
{
    expect("in task 'test': vTaskDelete: ");
    vTaskDelete(a_deleted_task());
}

/* ---- Mutexes ---------------------------------------------------------------------------------- */

static void give(void *mutex)
{
    (void)xSemaphoreGive((SemaphoreHandle_t)mutex);
    vTaskDelete(NULL);
}

TEST(giving_a_mutex_that_another_task_holds_is_named)
{
    expect("in task 'helper': rtos_semaphore_give: rtos_may_give(&semaphore->object)");
    SemaphoreHandle_t mutex = xSemaphoreCreateMutex();
    CHECK_EQUAL(pdPASS, xSemaphoreTake(mutex, 0));
    (void)spawn(give, mutex, 1);
    settle();
}

static void take_and_die(void *mutex)
{
    CHECK_EQUAL(pdPASS, xSemaphoreTake((SemaphoreHandle_t)mutex, 0));
    vTaskDelete(NULL);
}

TEST(giving_the_mutex_of_a_deleted_task_is_named)
{
    expect("in task 'test': rtos_semaphore_give: rtos_may_give(&semaphore->object)");
    SemaphoreHandle_t mutex = xSemaphoreCreateMutex();
    (void)spawn(take_and_die, mutex, 1);
    settle();
    (void)xSemaphoreGive(mutex);
}
