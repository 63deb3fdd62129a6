/* SPDX-License-Identifier: MIT */
/* Two tasks hand over to each other by notifications; an interrupt counts in one of them. */
#include "FreeRTOS.h"
#include "task.h"

#include <sim.h>
#include <stdio.h>
#include <stdlib.h>

static TaskHandle_t xTask1, xTask2;

static void prvUART_ISR(void *pvArgument)
{
    BaseType_t xHigherPriorityTaskWoken = pdFALSE;

    (void)pvArgument;
    vTaskNotifyGiveFromISR(xTask2, &xHigherPriorityTaskWoken);
    portYIELD_FROM_ISR(xHigherPriorityTaskWoken);
}

static void prvTask1(void *pvParameters)
{
    int iRound;

    (void)pvParameters;
    for (iRound = 1; iRound <= 3; iRound++) {
        xTaskNotifyGive(xTask2);
        ulTaskNotifyTake(pdTRUE, portMAX_DELAY);
        printf("task 1, round %d\n", iRound);
    }
    vTaskDelete(NULL);
}

static void prvTask2(void *pvParameters)
{
    uint32_t ulCount;
    int iRound;

    (void)pvParameters;
    for (iRound = 1; iRound <= 3; iRound++) {
        ulTaskNotifyTake(pdTRUE, portMAX_DELAY);
        printf("task 2, round %d\n", iRound);
        xTaskNotifyGive(xTask1);
    }
    sim_interrupt_at(20000, prvUART_ISR, NULL);
    sim_interrupt_at(20000, prvUART_ISR, NULL);
    vTaskDelay(30);
    while ((ulCount = ulTaskNotifyTake(pdFALSE, 0)) > 0)
        printf("count %lu\n", (unsigned long)ulCount);
    exit(0);
}

int main(void)
{
    xTaskCreate(prvTask1, "Task1", 200, NULL, tskIDLE_PRIORITY + 1, &xTask1);
    xTaskCreate(prvTask2, "Task2", 200, NULL, tskIDLE_PRIORITY + 1, &xTask2);
    vTaskStartScheduler();
    return 1;
}
