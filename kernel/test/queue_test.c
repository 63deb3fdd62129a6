/* SPDX-License-Identifier: MIT */
/* Queues: order, full and empty, time-outs, who is woken, interrupts, deletion, queue sets. */
#include "linnet_test.h"
#include "test_interrupt.h"

#include <FreeRTOS.h>
#include <queue.h>
#include <semphr.h>

#include <string.h>

static QueueHandle_t queue;

TEST(items_come_out_as_they_went_in)
{
    queue = xQueueCreate(3, sizeof(int));
    for (int i = 1; i <= 3; i++)
        CHECK_EQUAL(pdPASS, xQueueSend(queue, &i, 0));
    int item = 4;
    CHECK_EQUAL(errQUEUE_FULL, xQueueSend(queue, &item, 0));
    CHECK_EQUAL(3, uxQueueMessagesWaiting(queue));
    CHECK_EQUAL(0, uxQueueSpacesAvailable(queue));
    for (int i = 1; i <= 3; i++) {
        CHECK_EQUAL(pdPASS, xQueuePeek(queue, &item, 0));
        CHECK_EQUAL(i, item);
        CHECK_EQUAL(pdPASS, xQueueReceive(queue, &item, 0));
        CHECK_EQUAL(i, item);
    }
    CHECK_EQUAL(errQUEUE_EMPTY, xQueueReceive(queue, &item, 0));
    vQueueDelete(queue);
}

TEST(front_and_back_and_the_wrap_of_the_ring)
{
    char text[8] = "";
    queue = xQueueCreate(4, 1);
    for (int round = 0; round < 11; round++) {
        xQueueSendToBack(queue, "b", 0);
        xQueueSendToFront(queue, "a", 0);
        xQueueSendToBack(queue, "c", 0);
        for (int i = 0; i < 3; i++)
            CHECK_EQUAL(pdPASS, xQueueReceive(queue, &text[i], 0));
        CHECK_STRING("abc", text);
    }
    vQueueDelete(queue);
}

TEST(overwrite_replaces_the_one_item)
{
    int item = 1;
    queue = xQueueCreate(1, sizeof item);
    CHECK_EQUAL(pdPASS, xQueueOverwrite(queue, &item));
    item = 2;
    CHECK_EQUAL(pdPASS, xQueueOverwrite(queue, &item));
    CHECK_EQUAL(1, uxQueueMessagesWaiting(queue));
    item = 0;
    CHECK_EQUAL(pdPASS, xQueueReceive(queue, &item, 0));
    CHECK_EQUAL(2, item);
    vQueueDelete(queue);
}

TEST(receive_times_out_after_its_ticks)
{
    int item;
    queue = xQueueCreate(1, sizeof item);
    TickType_t start = xTaskGetTickCount();
    CHECK_EQUAL(errQUEUE_EMPTY, xQueueReceive(queue, &item, 25));
    CHECK_EQUAL(25, (TickType_t)(xTaskGetTickCount() - start));
    CHECK_EQUAL(pdPASS, xQueueSend(queue, &(int){1}, 25));
    start = xTaskGetTickCount();
    CHECK_EQUAL(errQUEUE_FULL, xQueueSend(queue, &(int){2}, 7));
    CHECK_EQUAL(7, (TickType_t)(xTaskGetTickCount() - start));
    vQueueDelete(queue);
}

TEST(time_out_works_across_the_tick_wrap)
{
    int item;
    queue = xQueueCreate(1, sizeof item);
    xTaskCatchUpTicks((TickType_t)(portMAX_DELAY - xTaskGetTickCount() - 3));
    TickType_t start = xTaskGetTickCount();
    CHECK_EQUAL(errQUEUE_EMPTY, xQueueReceive(queue, &item, 10));
    CHECK_EQUAL(10, (TickType_t)(xTaskGetTickCount() - start));
    CHECK(xTaskGetTickCount() < start);
    vQueueDelete(queue);
}

static void send_numbers(void *parameter)
{
    for (int i = 0; i < 100; i++)
        CHECK_EQUAL(pdPASS, xQueueSend(queue, &i, portMAX_DELAY));
    vTaskDelete(NULL);
}

TEST(sender_and_receiver_keep_step)
{
    queue = xQueueCreate(3, sizeof(int));
    for (UBaseType_t priority = 1; priority <= 5; priority += 2) {
        CHECK_EQUAL(pdPASS, xTaskCreate(send_numbers, "sender", configMINIMAL_STACK_SIZE, NULL,
                                        priority, NULL));
        for (int i = 0, item = -1; i < 100; i++) {
            CHECK_EQUAL(pdPASS, xQueueReceive(queue, &item, 10));
            CHECK_EQUAL(i, item);
        }
    }
    vTaskDelay(1);
    vQueueDelete(queue);
}

static char order[16];
static size_t order_length;

static void receive_one(void *parameter)
{
    char item;
    CHECK_EQUAL(pdPASS, xQueueReceive(queue, &item, portMAX_DELAY));
    order[order_length++] = *(const char *)parameter;
    vTaskDelete(NULL);
}

TEST(highest_priority_waiter_is_first_then_the_longest_waiting)
{
    static const char names[] = "abcd";
    static const UBaseType_t priorities[] = {4, 5, 4, 5};
    queue = xQueueCreate(4, 1);
    for (int i = 0; i < 4; i++)
        CHECK_EQUAL(pdPASS, xTaskCreate(receive_one, "waiter", configMINIMAL_STACK_SIZE,
                                        (void *)(uintptr_t)&names[i], priorities[i], NULL));
    for (int i = 0; i < 4; i++)
        CHECK_EQUAL(pdPASS, xQueueSend(queue, "x", 0));
    CHECK_STRING("bdac", order);
    vQueueDelete(queue);
}

TEST(peek_passes_the_item_on_to_every_waiter)
{
    int item = 0;
    queue = xQueueCreate(1, sizeof item);
    CHECK_EQUAL(pdPASS, xQueueSend(queue, &(int){7}, 0));
    CHECK_EQUAL(pdPASS, xQueuePeek(queue, &item, 0));
    CHECK_EQUAL(7, item);
    CHECK_EQUAL(1, uxQueueMessagesWaiting(queue));
    CHECK_EQUAL(pdPASS, xQueueGenericReset(queue, pdFALSE));
    CHECK_EQUAL(0, uxQueueMessagesWaiting(queue));
    vQueueDelete(queue);
}

static void send_from_interrupt(void *argument)
{
    BaseType_t switch_needed = pdFALSE;
    CHECK(portCHECK_IF_IN_ISR());
    CHECK_EQUAL(pdPASS, xQueueSendFromISR(queue, argument, &switch_needed));
    portYIELD_FROM_ISR(switch_needed);
}

TEST(interrupt_wakes_the_receiver)
{
    int item = 0, sent = 42;
    queue = xQueueCreate(1, sizeof item);
    CHECK(test_interrupt_in_us(5500, send_from_interrupt, &sent));
    TickType_t start = xTaskGetTickCount();
    CHECK_EQUAL(pdPASS, xQueueReceive(queue, &item, portMAX_DELAY));
    CHECK_EQUAL(42, item);
    CHECK((TickType_t)(xTaskGetTickCount() - start) <= 6);
    vQueueDelete(queue);
}

static void receive_in_interrupt(void *argument)
{
    BaseType_t switch_needed = pdFALSE;
    CHECK_EQUAL(pdPASS, xQueueReceiveFromISR(queue, argument, &switch_needed));
    CHECK_EQUAL(pdTRUE, switch_needed);
    CHECK_EQUAL(pdFAIL, xQueuePeekFromISR(queue, argument));
    CHECK_EQUAL(pdTRUE, xQueueIsQueueEmptyFromISR(queue));
    portYIELD_FROM_ISR(switch_needed);
}

TEST(interrupt_makes_room_for_the_sender)
{
    int first = 1, second = 2, seen = 0;
    queue = xQueueCreate(1, sizeof first);
    CHECK_EQUAL(pdPASS, xQueueSend(queue, &first, 0));
    CHECK(test_interrupt_in_us(3000, receive_in_interrupt, &seen));
    CHECK_EQUAL(pdPASS, xQueueSend(queue, &second, 100));
    CHECK_EQUAL(1, seen);
    vQueueDelete(queue);
}

TEST(blocked_receiver_can_be_deleted)
{
    TaskHandle_t task;
    queue = xQueueCreate(1, 1);
    CHECK_EQUAL(pdPASS, xTaskCreate(receive_one, "gone", configMINIMAL_STACK_SIZE, "g", 4, &task));
    vTaskDelete(task);
    CHECK_EQUAL(pdPASS, xQueueSend(queue, "x", 0));
    CHECK_EQUAL(1, uxQueueMessagesWaiting(queue));
    CHECK_EQUAL(0, order_length);
    vQueueDelete(queue);
}

TEST(suspended_waiter_goes_on_waiting_after_resume)
{
    TaskHandle_t task;
    queue = xQueueCreate(1, 1);
    CHECK_EQUAL(pdPASS,
                xTaskCreate(receive_one, "waiter", configMINIMAL_STACK_SIZE, "w", 4, &task));
    vTaskSuspend(task);
    CHECK_EQUAL(pdPASS, xQueueSend(queue, "x", 0));
    CHECK_EQUAL(0, order_length);
    vTaskResume(task);
    CHECK_STRING("w", order);
    CHECK_EQUAL(0, uxQueueMessagesWaiting(queue));
    vQueueDelete(queue);
}

TEST(sizes_that_overflow_are_refused)
{
    CHECK(xQueueCreate((UBaseType_t)-1 / 4 + 1, 8) == NULL);
    CHECK(xQueueCreate(SIZE_MAX, 1) == NULL);
    CHECK(xQueueCreate(1, SIZE_MAX) == NULL);
    CHECK(xQueueCreate(SIZE_MAX / 4, 4) == NULL);
    CHECK(xQueueCreate(0, 4) == NULL);
}

TEST(static_queue_uses_memory_of_the_caller)
{
    static StaticQueue_t buffer;
    static uint8_t storage[4 * sizeof(int)];
    StaticQueue_t *buffer_seen;
    uint8_t *storage_seen;
    int item = 5;
    queue = xQueueCreateStatic(4, sizeof(int), storage, &buffer);
    CHECK(queue == &buffer);
    CHECK_EQUAL(pdTRUE, xQueueGetStaticBuffers(queue, &storage_seen, &buffer_seen));
    CHECK(storage_seen == storage && buffer_seen == &buffer);
    CHECK_EQUAL(pdPASS, xQueueSend(queue, &item, 0));
    CHECK_BYTES(&item, storage, sizeof item);
    vQueueDelete(queue);
}

TEST(registry_names_queues)
{
    queue = xQueueCreate(1, 1);
    vQueueAddToRegistry(queue, "first");
    CHECK_STRING("first", pcQueueGetName(queue));
    vQueueAddToRegistry(queue, "second");
    CHECK_STRING("second", pcQueueGetName(queue));
    QueueHandle_t deleted = queue;
    vQueueDelete(queue);
    CHECK(pcQueueGetName(deleted) == NULL);
}

TEST(set_reports_every_member_that_has_something)
{
    QueueSetHandle_t set = xQueueCreateSet(4);
    SemaphoreHandle_t semaphore = xSemaphoreCreateBinary();
    char item;
    queue = xQueueCreate(3, 1);
    CHECK_EQUAL(pdPASS, xQueueAddToSet(queue, set));
    CHECK_EQUAL(pdPASS, xQueueAddToSet(semaphore, set));
    CHECK_EQUAL(pdFAIL, xQueueAddToSet(queue, set));
    CHECK(xQueueSelectFromSet(set, 5) == NULL);
    CHECK_EQUAL(pdPASS, xQueueSend(queue, "x", 0));
    CHECK_EQUAL(pdPASS, xSemaphoreGive(semaphore));
    CHECK_EQUAL(pdFAIL, xQueueRemoveFromSet(queue, set));
    CHECK(xQueueSelectFromSet(set, 0) == queue);
    CHECK_EQUAL(pdPASS, xQueueReceive(queue, &item, 0));
    CHECK(xQueueSelectFromSet(set, 0) == semaphore);
    CHECK_EQUAL(pdPASS, xSemaphoreTake(semaphore, 0));
    CHECK_EQUAL(pdPASS, xQueueRemoveFromSet(queue, set));
    CHECK_EQUAL(pdPASS, xQueueRemoveFromSet(semaphore, set));
    vQueueDelete(queue);
    vSemaphoreDelete(semaphore);
    vQueueDelete(set);
}

TEST(interrupt_wakes_a_task_that_waits_on_a_set)
{
    QueueSetHandle_t set = xQueueCreateSet(2);
    int sent = 9, item = 0;
    queue = xQueueCreate(2, sizeof item);
    CHECK_EQUAL(pdPASS, xQueueAddToSet(queue, set));
    CHECK(test_interrupt_in_us(2500, send_from_interrupt, &sent));
    CHECK(xQueueSelectFromSet(set, portMAX_DELAY) == queue);
    CHECK_EQUAL(pdPASS, xQueueReceive(queue, &item, 0));
    CHECK_EQUAL(9, item);
    vQueueDelete(queue);
    vQueueDelete(set);
}
