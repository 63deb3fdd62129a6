/* SPDX-License-Identifier: MIT */
/*
 * The application whose kernel is weighed: static creation, delay, suspend and resume, yield,
 * change of priority, delete, a queue, a semaphore and a mutex with time-outs, notifications, and
 * the calls from an interrupt. It does its work once and ends, so it also runs.
 */
#include "../image/host.h"

#include "FreeRTOS.h"
#include "queue.h"
#include "semphr.h"
#include "task.h"

#include <stdbool.h>

enum { STACK_WORDS = 128, ITEMS = 4, PATIENCE = 5 };

static QueueHandle_t queue;
static SemaphoreHandle_t semaphore;
static SemaphoreHandle_t mutex;
static TaskHandle_t worker;

static void handler(void)
{
    BaseType_t switch_needed = pdFALSE;
    uint32_t item = 3;

    xQueueSendFromISR(queue, &item, &switch_needed);
    xSemaphoreGiveFromISR(semaphore, &switch_needed);
    vTaskNotifyGiveFromISR(worker, &switch_needed);
    portYIELD_FROM_ISR(switch_needed);
}

static void expect(bool met)
{
    if (!met) {
        host_print("the application failed\n");
        host_exit(1);
    }
}

static void work(void *unused)
{
    uint32_t item = 0;

    (void)unused;
    expect(xQueueReceive(queue, &item, portMAX_DELAY) == pdPASS && item == 1);
    expect(xSemaphoreTake(semaphore, PATIENCE) == pdFAIL);
    expect(xSemaphoreTake(mutex, PATIENCE) == pdPASS);
    xSemaphoreGive(mutex);
    host_interrupt();
    expect(ulTaskNotifyTake(pdTRUE, PATIENCE) == 1);
    expect(xQueueReceive(queue, &item, 0) == pdPASS && item == 3);
    expect(xSemaphoreTake(semaphore, 0) == pdPASS);
    taskYIELD();
    vTaskSuspend(NULL);
    vTaskDelete(NULL);
}

static void lead(void *unused)
{
    uint32_t item = 1;

    (void)unused;
    expect(xQueueSend(queue, &item, PATIENCE) == pdPASS);
    vTaskPrioritySet(worker, 3);
    vTaskDelay(PATIENCE * 4);
    vTaskResume(worker);
    vTaskDelay(1);
    host_exit(0);
}

int main(void)
{
    static StaticTask_t tasks[2];
    static StackType_t stacks[2][STACK_WORDS];
    static StaticQueue_t queue_block;
    static uint8_t storage[ITEMS * sizeof(uint32_t)];
    static StaticSemaphore_t blocks[2];

    host_interrupt_begin(handler);
    queue = xQueueCreateStatic(ITEMS, sizeof(uint32_t), storage, &queue_block);
    semaphore = xSemaphoreCreateBinaryStatic(&blocks[0]);
    mutex = xSemaphoreCreateMutexStatic(&blocks[1]);
    worker = xTaskCreateStatic(work, "worker", STACK_WORDS, NULL, 1, stacks[0], &tasks[0]);
    xTaskCreateStatic(lead, "lead", STACK_WORDS, NULL, 2, stacks[1], &tasks[1]);
    vTaskStartScheduler();
    return 1;
}
