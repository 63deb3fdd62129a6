/* SPDX-License-Identifier: MIT */
/* An interrupt gives a binary and a counting semaphore; the tasks behind them do the work. */
#include "FreeRTOS.h"
#include "semphr.h"
#include "task.h"

#include <sim.h>
#include <stdio.h>
#include <stdlib.h>

static SemaphoreHandle_t xBinarySemaphore, xCountingSemaphore;

void vAssertCalled(const char *pcFile, int iLine)
{
    printf("assert %s:%d\n", pcFile, iLine);
    abort();
}

static void vExampleInterruptHandler(void *pvArgument)
{
    BaseType_t xHigherPriorityTaskWoken = pdFALSE;

    (void)pvArgument;
    xSemaphoreGiveFromISR(xBinarySemaphore, &xHigherPriorityTaskWoken);
    xSemaphoreGiveFromISR(xBinarySemaphore, &xHigherPriorityTaskWoken);
    xSemaphoreGiveFromISR(xCountingSemaphore, &xHigherPriorityTaskWoken);
    xSemaphoreGiveFromISR(xCountingSemaphore, &xHigherPriorityTaskWoken);
    xSemaphoreGiveFromISR(xCountingSemaphore, NULL);
    portYIELD_FROM_ISR(xHigherPriorityTaskWoken);
}

static void vBinaryHandlerTask(void *pvParameters)
{
    (void)pvParameters;
    for (;;) {
        xSemaphoreTake(xBinarySemaphore, portMAX_DELAY);
        puts("binary: event");
    }
}

static void vCountingHandlerTask(void *pvParameters)
{
    int iEvents = 0;

    (void)pvParameters;
    for (;;) {
        if (xSemaphoreTake(xCountingSemaphore, pdMS_TO_TICKS(500)) == pdTRUE) {
            printf("counting: event %d\n", ++iEvents);
        } else {
            puts("counting: nothing for 500 ms");
            exit(0);
        }
    }
}

static void vPeriodicTask(void *pvParameters)
{
    int iInterrupt;

    (void)pvParameters;
    for (iInterrupt = 0; iInterrupt < 2; iInterrupt++) {
        puts("before the interrupt");
        sim_raise(vExampleInterruptHandler, NULL);
        puts("after the interrupt");
    }
    for (;;)
        taskYIELD();
}

int main(void)
{
    vSemaphoreCreateBinary(xBinarySemaphore);
    xSemaphoreTake(xBinarySemaphore, 0);
    xCountingSemaphore = xSemaphoreCreateCounting(10, 0);
    configASSERT(xBinarySemaphore != NULL);
    configASSERT(xCountingSemaphore != NULL);
    xTaskCreate(vBinaryHandlerTask, "Binary", 200, NULL, 3, NULL);
    xTaskCreate(vCountingHandlerTask, "Counting", 200, NULL, 2, NULL);
    xTaskCreate(vPeriodicTask, "Periodic", 200, NULL, 1, NULL);
    vTaskStartScheduler();
    return 1;
}
