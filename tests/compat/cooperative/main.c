/* SPDX-License-Identifier: MIT */
/* Waking a task of higher priority does not run it: only taskYIELD or a wait does. */
#include "FreeRTOS.h"
#include "queue.h"
#include "task.h"

#include <stdio.h>
#include <stdlib.h>

static QueueHandle_t xQueue;
static volatile int iShared;

static void vHigh(void *pvParameters)
{
    int iValue;

    (void)pvParameters;
    for (;;) {
        xQueueReceive(xQueue, &iValue, portMAX_DELAY);
        printf("high: %d\n", iValue);
        if (iValue == 3)
            exit(0);
    }
}

static void vLow(void *pvParameters)
{
    TickType_t xStart;
    int iValue;

    (void)pvParameters;
    for (iValue = 1; iValue <= 2; iValue++) {
        xQueueSend(xQueue, &iValue, 0);
        printf("low: sent %d\n", iValue);
    }
    taskYIELD();
    puts("low: again");
    xStart = xTaskGetTickCount();
    iShared = 0;
    while (xTaskGetTickCount() - xStart < 20)
        iShared++;
    xQueueSend(xQueue, &iValue, 0);
    puts("low: waits");
    vTaskDelay(1);
}

static void vPeer(void *pvParameters)
{
    (void)pvParameters;
    puts("peer: runs once low gives way");
    vTaskDelete(NULL);
}

int main(void)
{
    xQueue = xQueueCreate(4, sizeof(int));
    xTaskCreate(vHigh, "High", 200, NULL, 3, NULL);
    xTaskCreate(vLow, "Low", 200, NULL, 1, NULL);
    xTaskCreate(vPeer, "Peer", 200, NULL, 1, NULL);
    vTaskStartScheduler();
    return 1;
}
