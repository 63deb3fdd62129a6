/* SPDX-License-Identifier: MIT */
/* Ten seconds of sleep take few tick interrupts, and the clock is right afterwards. */
#include "FreeRTOS.h"
#include "semphr.h"
#include "task.h"

#include <sim.h>
#include <stdio.h>
#include <stdlib.h>

volatile unsigned long ulSleeps, ulLongest;
static volatile unsigned long ulTicks;
static SemaphoreHandle_t xWake;

void vApplicationTickHook(void)
{
    ulTicks++;
}

static void prvISR(void *pvArgument)
{
    BaseType_t xWoken = pdFALSE;

    (void)pvArgument;
    xSemaphoreGiveFromISR(xWake, &xWoken);
    portYIELD_FROM_ISR(xWoken);
}

static void prvTask(void *pvParameters)
{
    (void)pvParameters;
    vTaskDelay(10000);
    printf("at %lu, %s tick interrupts, %s\n", (unsigned long)xTaskGetTickCount(),
           ulTicks < 20 ? "few" : "many", ulSleeps > 0 ? "slept" : "did not sleep");
    ulTicks = 0;
    sim_interrupt_at(10500500, prvISR, NULL);
    xSemaphoreTake(xWake, portMAX_DELAY);
    printf("at %lu, %s tick interrupts\n", (unsigned long)xTaskGetTickCount(),
           ulTicks < 20 ? "few" : "many");
    exit(0);
}

int main(void)
{
    xWake = xSemaphoreCreateBinary();
    xTaskCreate(prvTask, "Task", 200, NULL, 1, NULL);
    vTaskStartScheduler();
    return 1;
}
