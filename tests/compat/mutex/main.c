/* SPDX-License-Identifier: MIT */
/* A low task holds the mutex that a high one wants: it inherits until it gives the mutex back. */
#include "FreeRTOS.h"
#include "semphr.h"
#include "task.h"

#include <stdio.h>
#include <stdlib.h>

static SemaphoreHandle_t xMutex;
static TaskHandle_t xLow;

static void prvHigh(void *pvParameters)
{
    (void)pvParameters;
    vTaskDelay(10);
    if (xSemaphoreTake(xMutex, 5) == pdFAIL)
        printf("high: timed out, low has priority %d\n", (int)uxTaskPriorityGet(xLow));
    xSemaphoreTake(xMutex, portMAX_DELAY);
    printf("high: has it, low has priority %d\n", (int)uxTaskPriorityGet(xLow));
    configASSERT(xSemaphoreGetMutexHolder(xMutex) == xTaskGetCurrentTaskHandle());
    xSemaphoreGive(xMutex);
    exit(0);
}

static void prvMiddle(void *pvParameters)
{
    (void)pvParameters;
    vTaskDelay(16);
    puts("middle: runs");
    vTaskDelete(NULL);
}

static void prvLow(void *pvParameters)
{
    (void)pvParameters;
    xSemaphoreTake(xMutex, portMAX_DELAY);
    while (xTaskGetTickCount() < 12) {
    }
    printf("low: runs with priority %d\n", (int)uxTaskPriorityGet(NULL));
    while (xTaskGetTickCount() < 20) {
    }
    printf("low: gives it at priority %d\n", (int)uxTaskPriorityGet(NULL));
    xSemaphoreGive(xMutex);
    puts("low: never gets here");
    vTaskDelete(NULL);
}

int main(void)
{
    xMutex = xSemaphoreCreateMutex();
    xTaskCreate(prvHigh, "High", configMINIMAL_STACK_SIZE, NULL, 4, NULL);
    xTaskCreate(prvMiddle, "Middle", configMINIMAL_STACK_SIZE, NULL, 3, NULL);
    xTaskCreate(prvLow, "Low", configMINIMAL_STACK_SIZE, NULL, 1, &xLow);
    vTaskStartScheduler();
    return 1;
}
