/* SPDX-License-Identifier: MIT */
/* Hooks: idle, tick, start of the timer task, failed allocation. Declared by the application itself. */
#include "FreeRTOS.h"
#include "semphr.h"
#include "task.h"

#include <stdio.h>
#include <stdlib.h>

void vApplicationIdleHook(void);
void vApplicationTickHook(void);
void vApplicationMallocFailedHook(void);
void vApplicationDaemonTaskStartupHook(void);

static volatile unsigned long ulIdle, ulTicks, ulFailed;
static SemaphoreHandle_t xEvery10Ticks;

void vApplicationIdleHook(void)
{
    ulIdle++;
}

void vApplicationTickHook(void)
{
    ulTicks++;
    if (ulTicks % 10 == 0)
        xSemaphoreGiveFromISR(xEvery10Ticks, NULL);
}

void vApplicationMallocFailedHook(void)
{
    ulFailed++;
}

void vApplicationDaemonTaskStartupHook(void)
{
    puts("daemon started");
}

static void vTask(void *pvParameters)
{
    int i;

    (void)pvParameters;
    for (i = 0; i < 3; i++) {
        xSemaphoreTake(xEvery10Ticks, portMAX_DELAY);
        printf("tick %lu\n", (unsigned long)xTaskGetTickCount());
    }
    printf("idle %s\n", ulIdle > 0 ? "ran" : "never ran");
    if (pvPortMalloc(1000000) == NULL && xQueueCreate(1000, 1000) == NULL)
        printf("%lu allocations failed\n", ulFailed);
    exit(ulTicks == 30 ? 0 : 1);
}

int main(void)
{
    xEvery10Ticks = xSemaphoreCreateBinary();
    xTaskCreate(vTask, "Task", 200, NULL, 1, NULL);
    vTaskStartScheduler();
    return 1;
}
