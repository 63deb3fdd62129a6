/* SPDX-License-Identifier: MIT */
/* A task's tag is a function that others call for it, or a number that a tracer shows. */
#include "FreeRTOS.h"
#include "task.h"

#include <stdio.h>
#include <stdlib.h>

static TaskHandle_t xWorker;

static BaseType_t prvHook(void *pvParameter)
{
    printf("hook with %d\n", *(int *)pvParameter);
    return 12;
}

static void vWorker(void *pvParameters)
{
    (void)pvParameters;
    vTaskSetApplicationTaskTag(NULL, prvHook);
    for (;;)
        vTaskDelay(10);
}

static void vCaller(void *pvParameters)
{
    int iValue = 5;

    (void)pvParameters;
    printf("without a tag %d\n", (int)xTaskCallApplicationTaskHook(NULL, &iValue));
    printf("result %d\n", (int)xTaskCallApplicationTaskHook(xWorker, &iValue));
    vTaskSetApplicationTaskTag(NULL, (TaskHookFunction_t)3);
    printf("tag %d\n", (int)(intptr_t)xTaskGetApplicationTaskTag(NULL));
    exit(xTaskGetApplicationTaskTagFromISR(xWorker) == prvHook ? 0 : 1);
}

int main(void)
{
    xTaskCreate(vWorker, "Worker", 200, NULL, 2, &xWorker);
    xTaskCreate(vCaller, "Caller", 200, NULL, 1, NULL);
    vTaskStartScheduler();
    return 1;
}
