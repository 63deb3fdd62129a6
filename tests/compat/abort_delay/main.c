/* SPDX-License-Identifier: MIT */
/* xTaskAbortDelay ends a delay, a wait without end, and a wait for a notification. */
#include "FreeRTOS.h"
#include "queue.h"
#include "task.h"

#include <stdio.h>
#include <stdlib.h>

static void vSleeper(void *pvParameters)
{
    QueueHandle_t xQueue = xQueueCreate(1, 1);
    char cItem;

    (void)pvParameters;
    vTaskDelay(1000);
    printf("delay ended at %lu\n", (unsigned long)xTaskGetTickCount());
    printf("receive %d\n", (int)xQueueReceive(xQueue, &cItem, portMAX_DELAY));
    printf("take %lu\n", (unsigned long)ulTaskNotifyTake(pdTRUE, 500));
    vTaskSuspend(NULL);
}

static void vAborter(void *pvParameters)
{
    TaskHandle_t xSleeper = xTaskGetHandle("Sleeper");
    int i;

    (void)pvParameters;
    for (i = 0; i < 3; i++) {
        vTaskDelay(10);
        printf("blocked %d\n", eTaskGetState(xSleeper) == eBlocked);
        printf("aborted %d\n", (int)xTaskAbortDelay(xSleeper));
    }
    printf("suspended %d\n", eTaskGetState(xSleeper) == eSuspended);
    printf("aborted %d\n", (int)xTaskAbortDelay(xSleeper));
    exit(0);
}

int main(void)
{
    xTaskCreate(vSleeper, "Sleeper", 200, NULL, 2, NULL);
    xTaskCreate(vAborter, "Aborter", 200, NULL, 1, NULL);
    vTaskStartScheduler();
    return 1;
}
