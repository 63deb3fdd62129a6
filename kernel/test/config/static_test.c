/* SPDX-License-Identifier: MIT */
/* No heap at all: every object lies in memory of the application. */
#include "linnet_test.h"

#include <FreeRTOS.h>
#include <event_groups.h>
#include <message_buffer.h>
#include <semphr.h>
#include <task.h>
#include <timers.h>

static StaticTask_t task_memory;
static StackType_t stack_memory[configMINIMAL_STACK_SIZE];
static StaticQueue_t queue_memory;
static uint8_t queue_storage[4];
static SemaphoreHandle_t done;

static void forward(void *parameter)
{
    char item;

    while (xQueueReceive(parameter, &item, portMAX_DELAY) == pdPASS && item != 'q')
        (void)xSemaphoreGive(done);
    (void)xSemaphoreGive(done);
    vTaskDelete(NULL);
}

TEST(tasks_queues_and_semaphores_work_without_a_heap)
{
    static StaticSemaphore_t semaphore_memory;
    QueueHandle_t queue = xQueueCreateStatic(4, 1, queue_storage, &queue_memory);

    done = xSemaphoreCreateCountingStatic(10, 0, &semaphore_memory);
    TaskHandle_t task = xTaskCreateStatic(forward, "static", configMINIMAL_STACK_SIZE, queue, 4,
                                          stack_memory, &task_memory);
    CHECK(task == &task_memory);
    CHECK_EQUAL(pdPASS, xQueueSend(queue, "a", 0));
    CHECK_EQUAL(pdPASS, xQueueSend(queue, "q", 0));
    CHECK_EQUAL(pdPASS, xSemaphoreTake(done, 5));
    CHECK_EQUAL(pdPASS, xSemaphoreTake(done, 5));
    vTaskDelay(2); /* the idle task has taken the task out */
    vQueueDelete(queue);
    vSemaphoreDelete(done);
}

TEST(the_memory_of_a_task_is_told_and_can_be_used_again)
{
    StaticSemaphore_t memory;
    StackType_t *stack;
    StaticTask_t *buffer;

    done = xSemaphoreCreateBinaryStatic(&memory);
    for (int round = 0; round < 3; round++) {
        QueueHandle_t queue = xQueueCreateStatic(4, 1, queue_storage, &queue_memory);
        TaskHandle_t task = xTaskCreateStatic(forward, "static", configMINIMAL_STACK_SIZE, queue, 2,
                                              stack_memory, &task_memory);
        CHECK_EQUAL(pdTRUE, xTaskGetStaticBuffers(task, &stack, &buffer));
        CHECK(stack == stack_memory && buffer == &task_memory);
        CHECK_EQUAL(pdPASS, xQueueSend(queue, "q", 0));
        CHECK_EQUAL(pdPASS, xSemaphoreTake(done, 5));
        vTaskDelay(2);
    }
}

static void count_expiry(TimerHandle_t timer)
{
    ++*(int *)pvTimerGetTimerID(timer);
}

TEST(timers_event_groups_and_message_buffers_work_without_a_heap)
{
    static StaticTimer_t timer_memory;
    StaticEventGroup_t group_memory;
    StaticMessageBuffer_t buffer_memory;
    uint8_t storage[64];
    int expiries = 0;

    TimerHandle_t timer = xTimerCreateStatic("t", 2, pdTRUE, &expiries, count_expiry,
                                             &timer_memory);
    CHECK_EQUAL(pdPASS, xTimerStart(timer, 5));
    vTaskDelay(7);
    CHECK_EQUAL(3, expiries);
    CHECK_EQUAL(pdPASS, xTimerDelete(timer, 5));
    vTaskDelay(1);

    EventGroupHandle_t group = xEventGroupCreateStatic(&group_memory);
    CHECK_EQUAL(6, xEventGroupSetBits(group, 6));
    vEventGroupDelete(group);

    MessageBufferHandle_t buffer = xMessageBufferCreateStatic(sizeof storage, storage,
                                                              &buffer_memory);
    CHECK_EQUAL(5, xMessageBufferSend(buffer, "hello", 5, 0));
    char text[8];
    CHECK_EQUAL(5, xMessageBufferReceive(buffer, text, sizeof text, 0));
    CHECK_BYTES("hello", text, 5);
    vMessageBufferDelete(buffer);
}
