/* SPDX-License-Identifier: MIT */
/* Wake a waiter of higher priority, which waits again: two switches a round. */
#include "rows.h"

#include "FreeRTOS.h"
#include "queue.h"
#include "semphr.h"
#include "task.h"

static SemaphoreHandle_t semaphore;
static QueueHandle_t queue;
static TaskHandle_t waiter;

static void take_forever(void *unused)
{
    (void)unused;
    for (;;)
        xSemaphoreTake(semaphore, portMAX_DELAY);
}

static void give(void)
{
    xSemaphoreGive(semaphore);
}

void row_semaphore_round(void)
{
    static StaticSemaphore_t block;

    semaphore = xSemaphoreCreateBinaryStatic(&block);
    row_task(take_forever, NULL, true);
    row_time(give);
}

static void be_notified_forever(void *unused)
{
    (void)unused;
    waiter = xTaskGetCurrentTaskHandle();
    for (;;)
        ulTaskNotifyTake(pdTRUE, portMAX_DELAY);
}

static void notify(void)
{
    xTaskNotifyGive(waiter);
}

void row_notify_round(void)
{
    row_task(be_notified_forever, NULL, true);
    row_time(notify);
}

static void receive_forever(void *unused)
{
    uint32_t item;

    (void)unused;
    for (;;)
        xQueueReceive(queue, &item, portMAX_DELAY);
}

static void send(void)
{
    uint32_t item = 1;

    xQueueSend(queue, &item, portMAX_DELAY);
}

void row_queue_round(void)
{
    static StaticQueue_t block;
    static uint8_t storage[4 * sizeof(uint32_t)];

    queue = xQueueCreateStatic(4, sizeof(uint32_t), storage, &block);
    row_task(receive_forever, NULL, true);
    row_time(send);
}
