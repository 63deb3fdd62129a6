/* SPDX-License-Identifier: MIT */
#include "FreeRTOS.h"
#include "queue.h"
#include "task.h"

#include <stdio.h>
#include <stdlib.h>

static QueueHandle_t xQueue;

static void vSender(void *pvParameters)
{
    int iValue;

    (void)pvParameters;
    for (iValue = 1; iValue <= 3; iValue++) {
        vTaskDelay(pdMS_TO_TICKS(10));
        xQueueSend(xQueue, &iValue, portMAX_DELAY);
    }
    vTaskDelete(NULL);
}

static void vReceiver(void *pvParameters)
{
    int iValue = 0;

    (void)pvParameters;
    while (iValue < 3 && xQueueReceive(xQueue, &iValue, portMAX_DELAY) == pdPASS)
        printf("received %d at %lu\n", iValue, (unsigned long)xTaskGetTickCount());
    exit(0);
}

int main(void)
{
    xQueue = xQueueCreate(2, sizeof(int));
    xTaskCreate(vSender, "sender", configMINIMAL_STACK_SIZE, NULL, 1, NULL);
    xTaskCreate(vReceiver, "receiver", configMINIMAL_STACK_SIZE, NULL, 2, NULL);
    vTaskStartScheduler();
    return 1;
}
