/* SPDX-License-Identifier: MIT */
/* A function that locks calls another that locks; the third task has to wait for the last unlock. */
#include "FreeRTOS.h"
#include "semphr.h"
#include "task.h"

#include <stdio.h>
#include <stdlib.h>

static SemaphoreHandle_t xMutex;

static void prvInner(void)
{
    xSemaphoreTakeRecursive(xMutex, portMAX_DELAY);
    vTaskDelay(5);
    puts("inner");
    xSemaphoreGiveRecursive(xMutex);
}

static void prvOuter(void)
{
    xSemaphoreTakeRecursive(xMutex, portMAX_DELAY);
    prvInner();
    vTaskDelay(5);
    puts("outer");
    xSemaphoreGiveRecursive(xMutex);
}

static void prvOwner(void *pvParameters)
{
    (void)pvParameters;
    prvOuter();
    vTaskSuspend(NULL);
}

static void prvOther(void *pvParameters)
{
    (void)pvParameters;
    vTaskDelay(1);
    if (xSemaphoreGiveRecursive(xMutex) == pdFAIL)
        puts("other: does not hold it");
    if (xSemaphoreTakeRecursive(xMutex, 2) == pdFAIL)
        puts("other: not yet");
    xSemaphoreTakeRecursive(xMutex, portMAX_DELAY);
    printf("other: at %u\n", (unsigned)xTaskGetTickCount());
    vSemaphoreDelete(xMutex);
    exit(0);
}

int main(void)
{
    xMutex = xSemaphoreCreateRecursiveMutex();
    xTaskCreate(prvOwner, "Owner", configMINIMAL_STACK_SIZE, NULL, 1, NULL);
    xTaskCreate(prvOther, "Other", configMINIMAL_STACK_SIZE, NULL, 2, NULL);
    vTaskStartScheduler();
    return 1;
}
