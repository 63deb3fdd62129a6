/* SPDX-License-Identifier: MIT */
/* Types and macros by the names that they had before version 8. */
#include "FreeRTOS.h"
#include "list.h"
#include "queue.h"
#include "semphr.h"
#include "task.h"
#include "timers.h"

#include <stdio.h>
#include <stdlib.h>

#define mainCHECK_DELAY ((portTickType)100 / portTICK_RATE_MS)

static xQueueHandle xQueue;
static xSemaphoreHandle xSemaphore;
static xTimerHandle xTimer;
static xTaskHandle xTask;

static portTASK_FUNCTION_PROTO(vConsumer, pvParameters);

static portTASK_FUNCTION(vConsumer, pvParameters)
{
    portCHAR cItem;
    unsigned portBASE_TYPE uxCount = 0;
    signed portBASE_TYPE xResult;
    portTickType xLastWake = xTaskGetTickCount();
    xTimeOutType xTimeOut;

    (void)pvParameters;
    vTaskSetTimeOutState(&xTimeOut);
    while ((xResult = xQueueReceive(xQueue, &cItem, mainCHECK_DELAY)) == pdTRUE) {
        uxCount++;
        printf("%c %lu\n", cItem, (unsigned long)uxCount);
    }
    vTaskDelayUntil(&xLastWake, 10 * mainCHECK_DELAY);
    printf("%s at %lu\n", pcTaskGetTaskName(NULL), (unsigned long)xTaskGetTickCount());
    xSemaphoreTake(xSemaphore, (portTickType)0);
    printf("priority %lu\n", (unsigned long)uxTaskPriorityGet(xTask));
    exit(0);
}

static void vExpired(xTimerHandle xExpired)
{
    portCHAR cItem = 'c';

    (void)xExpired;
    xQueueSendToBack(xQueue, &cItem, 0);
}

int main(void)
{
    xQueue = xQueueCreate((unsigned portBASE_TYPE)3, (unsigned portBASE_TYPE)sizeof(portCHAR));
    vSemaphoreCreateBinary(xSemaphore);
    xTimer = xTimerCreate((const char *)"t", 50 / portTICK_RATE_MS, pdFALSE, (void *)0, vExpired);
    xTimerStart(xTimer, 0);
    xQueueSendToFront(xQueue, "b", 0);
    xQueueSendToFront(xQueue, "a", 0);
    xTaskCreate(vConsumer, "Consumer", configMINIMAL_STACK_SIZE, NULL, tskIDLE_PRIORITY + 1,
                &xTask);
    vTaskStartScheduler();
    return 0;
}
