/* SPDX-License-Identifier: MIT */
/* The count goes past 32 bits, and a wait may be longer than they hold. */
#include "FreeRTOS.h"
#include "queue.h"
#include "task.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

static void prvTask(void *pvParameters)
{
    TickType_t xWake = xTaskGetTickCount();
    QueueHandle_t xQueue = xQueueCreate(1, 1);
    TimeOut_t xTimeOut;
    TickType_t xLeft = (TickType_t)1 << 40;
    char cItem;

    (void)pvParameters;
    printf("0x%" PRIx64 "\n", xTaskGetTickCount());
    xTaskDelayUntil(&xWake, 0x20);
    printf("0x%" PRIx64 "\n", xTaskGetTickCount());
    vTaskSetTimeOutState(&xTimeOut);
    vTaskDelay(0x100);
    printf("%d", (int)xTaskCheckForTimeOut(&xTimeOut, &xLeft));
    printf(" 0x%" PRIx64 "\n", xLeft);
    printf("%d", (int)xQueueReceive(xQueue, &cItem, pdMS_TO_TICKS(1)));
    printf(" 0x%" PRIx64 "\n", xTaskGetTickCount());
    exit(0);
}

int main(void)
{
    xTaskCreate(prvTask, "Task", 200, NULL, 1, NULL);
    vTaskStartScheduler();
    return 1;
}
