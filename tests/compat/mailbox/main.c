/* SPDX-License-Identifier: MIT */
/* The sender overwrites, the readers peek; a pointer travels through a queue, with a buffer behind it. */
#include "FreeRTOS.h"
#include "queue.h"
#include "task.h"

#include <sim.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct xExampleStructure {
    TickType_t xTimeStamp;
    uint32_t ulValue;
} Example_t;

static QueueHandle_t xMailbox, xPointerQueue;

static void vISR(void *pvArgument)
{
    Example_t xData;
    BaseType_t xWoken = pdFALSE;

    (void)pvArgument;
    xQueuePeekFromISR(xMailbox, &xData);
    xData.ulValue *= 10;
    xQueueOverwriteFromISR(xMailbox, &xData, &xWoken);
    portYIELD_FROM_ISR(xWoken);
}

static void vSender(void *pvParameters)
{
    Example_t xData;
    uint32_t ulValue;
    char *pcBuffer;

    (void)pvParameters;
    for (ulValue = 1; ulValue <= 3; ulValue++) {
        vTaskDelay(10);
        xData.xTimeStamp = xTaskGetTickCount();
        xData.ulValue = ulValue;
        xQueueOverwrite(xMailbox, &xData);
    }
    sim_raise(vISR, NULL);
    pcBuffer = pvPortMalloc(32);
    strcpy(pcBuffer, "by pointer");
    xQueueSend(xPointerQueue, &pcBuffer, portMAX_DELAY);
    for (;;)
        vTaskDelay(100);
}

static void vReader(void *pvParameters)
{
    Example_t xData;
    char *pcReceived;
    int i;

    (void)pvParameters;
    for (i = 0; i < 2; i++) {
        xQueuePeek(xMailbox, &xData, portMAX_DELAY);
        printf("%lu from %lu, waiting %lu\n", (unsigned long)xData.ulValue,
               (unsigned long)xData.xTimeStamp, (unsigned long)uxQueueMessagesWaiting(xMailbox));
        vTaskDelay(25);
    }
    xQueuePeek(xMailbox, &xData, 0);
    printf("%lu from %lu\n", (unsigned long)xData.ulValue, (unsigned long)xData.xTimeStamp);
    xQueueReceive(xPointerQueue, &pcReceived, portMAX_DELAY);
    puts(pcReceived);
    vPortFree(pcReceived);
    xQueueReset(xMailbox);
    printf("spaces %lu\n", (unsigned long)uxQueueSpacesAvailable(xMailbox));
    exit(0);
}

int main(void)
{
    xMailbox = xQueueCreate(1, sizeof(Example_t));
    xPointerQueue = xQueueCreate(5, sizeof(char *));
    xTaskCreate(vSender, "Sender", 200, NULL, 1, NULL);
    xTaskCreate(vReader, "Reader", 200, NULL, 2, NULL);
    vTaskStartScheduler();
    return 1;
}
