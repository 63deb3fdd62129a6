/* SPDX-License-Identifier: MIT */
/* One of each object in memory of the application's, with the hooks in the form of older versions. */
#include "FreeRTOS.h"
#include "event_groups.h"
#include "message_buffer.h"
#include "queue.h"
#include "semphr.h"
#include "stream_buffer.h"
#include "task.h"
#include "timers.h"

#include <stdio.h>
#include <stdlib.h>

static StaticTask_t xIdleTaskTCB, xTimerTaskTCB, xMainTCB, xShortTCB;
static StackType_t uxIdleTaskStack[configMINIMAL_STACK_SIZE];
static StackType_t uxTimerTaskStack[configTIMER_TASK_STACK_DEPTH];
static StackType_t uxMainStack[200], uxShortStack[200];

void vApplicationGetIdleTaskMemory(StaticTask_t **ppxIdleTaskTCBBuffer,
                                   StackType_t **ppxIdleTaskStackBuffer,
                                   uint32_t *pulIdleTaskStackSize)
{
    *ppxIdleTaskTCBBuffer = &xIdleTaskTCB;
    *ppxIdleTaskStackBuffer = uxIdleTaskStack;
    *pulIdleTaskStackSize = configMINIMAL_STACK_SIZE;
}

void vApplicationGetTimerTaskMemory(StaticTask_t **ppxTimerTaskTCBBuffer,
                                    StackType_t **ppxTimerTaskStackBuffer,
                                    uint32_t *pulTimerTaskStackSize)
{
    *ppxTimerTaskTCBBuffer = &xTimerTaskTCB;
    *ppxTimerTaskStackBuffer = uxTimerTaskStack;
    *pulTimerTaskStackSize = configTIMER_TASK_STACK_DEPTH;
}

static QueueHandle_t xQueue;
static EventGroupHandle_t xEvents;

static void vTimerCallback(TimerHandle_t xTimer)
{
    int iValue = 5;

    (void)xTimer;
    xQueueSend(xQueue, &iValue, 0);
}

static void vShort(void *pvParameters)
{
    (void)pvParameters;
    xEventGroupSetBits(xEvents, 1);
    vTaskDelete(NULL);
}

static void vObjects(void)
{
    static StaticSemaphore_t xBinaryBuffer, xCountingBuffer, xMutexBuffer, xRecursiveBuffer;
    static StaticStreamBuffer_t xStreamBuffer, xMessageBuffer;
    static uint8_t ucStream[17], ucMessages[32];
    SemaphoreHandle_t xBinary = xSemaphoreCreateBinaryStatic(&xBinaryBuffer);
    SemaphoreHandle_t xCounting = xSemaphoreCreateCountingStatic(3, 1, &xCountingBuffer);
    SemaphoreHandle_t xMutex = xSemaphoreCreateMutexStatic(&xMutexBuffer);
    SemaphoreHandle_t xRecursive = xSemaphoreCreateRecursiveMutexStatic(&xRecursiveBuffer);
    StreamBufferHandle_t xStream = xStreamBufferCreateStatic(17, 1, ucStream, &xStreamBuffer);
    MessageBufferHandle_t xMessages = xMessageBufferCreateStatic(32, ucMessages, &xMessageBuffer);

    printf("%d", (int)xSemaphoreTake(xBinary, 0));
    printf("%d", (int)xSemaphoreTake(xCounting, 0));
    printf("%d", (int)xSemaphoreTake(xMutex, 0));
    printf("%d", (int)xSemaphoreTakeRecursive(xRecursive, 0));
    printf("%u", (unsigned)xStreamBufferSend(xStream, "abc", 3, 0));
    printf("%u\n", (unsigned)xMessageBufferSend(xMessages, "abcd", 4, 0));
    xSemaphoreGive(xMutex);
    vSemaphoreDelete(xMutex);
    vStreamBufferDelete(xStream);
}

static void vMain(void *pvParameters)
{
    static StaticTimer_t xTimerBuffer;
    TimerHandle_t xTimer = xTimerCreateStatic("timer", 10, pdFALSE, NULL, vTimerCallback,
                                              &xTimerBuffer);
    int iValue = 0;

    (void)pvParameters;
    vObjects();
    xTimerStart(xTimer, portMAX_DELAY);
    xQueueReceive(xQueue, &iValue, portMAX_DELAY);
    xTaskCreateStatic(vShort, "short", 200, NULL, 2, uxShortStack, &xShortTCB);
    xEventGroupWaitBits(xEvents, 1, pdTRUE, pdTRUE, portMAX_DELAY);
    printf("received %d at %lu\n", iValue, (unsigned long)xTaskGetTickCount());
    vTaskDelay(2);
    exit(0);
}

int main(void)
{
    static StaticQueue_t xQueueBuffer;
    static StaticEventGroup_t xEventBuffer;
    static uint8_t ucItems[4 * sizeof(int)];

    xQueue = xQueueCreateStatic(4, sizeof(int), ucItems, &xQueueBuffer);
    xEvents = xEventGroupCreateStatic(&xEventBuffer);
    xTaskCreateStatic(vMain, "main", 200, NULL, 1, uxMainStack, &xMainTCB);
    vTaskStartScheduler();
    return 1;
}
