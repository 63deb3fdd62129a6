/* SPDX-License-Identifier: MIT */
/* Nested critical sections hold interrupts back; a suspended scheduler holds back switches only. */
#include "FreeRTOS.h"
#include "semphr.h"
#include "task.h"

#include <sim.h>
#include <stdio.h>
#include <stdlib.h>

static SemaphoreHandle_t xSemaphore;

static void prvISR(void *pvArgument)
{
    BaseType_t xWoken = pdFALSE;
    UBaseType_t uxSaved = taskENTER_CRITICAL_FROM_ISR();

    (void)pvArgument;
    puts("interrupt");
    taskEXIT_CRITICAL_FROM_ISR(uxSaved);
    xSemaphoreGiveFromISR(xSemaphore, &xWoken);
    portEND_SWITCHING_ISR(xWoken);
}

static void vHigh(void *pvParameters)
{
    (void)pvParameters;
    for (;;) {
        xSemaphoreTake(xSemaphore, portMAX_DELAY);
        puts("high");
    }
}

static void vLow(void *pvParameters)
{
    (void)pvParameters;
    taskENTER_CRITICAL();
    taskENTER_CRITICAL();
    sim_raise(prvISR, NULL);
    puts("inner");
    taskEXIT_CRITICAL();
    puts("outer");
    taskEXIT_CRITICAL();
    puts("open");
    vTaskSuspendAll();
    printf("scheduler suspended %d\n", xTaskGetSchedulerState() == taskSCHEDULER_SUSPENDED);
    sim_raise(prvISR, NULL);
    puts("not yet");
    printf("switched %d\n", (int)xTaskResumeAll());
    taskDISABLE_INTERRUPTS();
    sim_raise(prvISR, NULL);
    puts("disabled");
    taskENABLE_INTERRUPTS();
    puts("enabled");
    exit(0);
}

int main(void)
{
    xSemaphore = xSemaphoreCreateBinary();
    xTaskCreate(vHigh, "High", 200, NULL, 2, NULL);
    xTaskCreate(vLow, "Low", 200, NULL, 1, NULL);
    vTaskStartScheduler();
    return 1;
}
