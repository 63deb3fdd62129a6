/* SPDX-License-Identifier: MIT */
/* A task suspends itself and is resumed from an interrupt; another is suspended while it waits. */
#include "FreeRTOS.h"
#include "task.h"

#include <sim.h>
#include <stdio.h>
#include <stdlib.h>

static TaskHandle_t xHandler, xTicker;

static void prvISR(void *pvArgument)
{
    (void)pvArgument;
    portYIELD_FROM_ISR(xTaskResumeFromISR(xHandler));
}

static void vHandler(void *pvParameters)
{
    (void)pvParameters;
    for (;;) {
        vTaskSuspend(NULL);
        printf("resumed at %lu\n", (unsigned long)xTaskGetTickCount());
    }
}

static void vTicker(void *pvParameters)
{
    (void)pvParameters;
    for (;;) {
        vTaskDelay(10);
        printf("ticker at %lu\n", (unsigned long)xTaskGetTickCount());
    }
}

static void vMain(void *pvParameters)
{
    (void)pvParameters;
    sim_raise(prvISR, NULL);
    sim_interrupt_at(5500, prvISR, NULL);
    vTaskDelay(15);
    vTaskSuspend(xTicker);
    vTaskSuspend(xTicker);
    vTaskDelay(20);
    vTaskResume(xTicker);
    puts("ticker resumed");
    vTaskDelay(12);
    vTaskPrioritySet(NULL, 4);
    printf("priority %lu\n", (unsigned long)uxTaskPriorityGet(NULL));
    exit(0);
}

int main(void)
{
    xTaskCreate(vHandler, "Handler", 200, NULL, 3, &xHandler);
    xTaskCreate(vTicker, "Ticker", 200, NULL, 2, &xTicker);
    xTaskCreate(vMain, "Main", 200, NULL, 1, NULL);
    vTaskStartScheduler();
    return 1;
}
