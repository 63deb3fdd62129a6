/* SPDX-License-Identifier: MIT */
/* A task sends every 200 ms, a timer every 2 s; another task receives and shows the lamp. */
#include "FreeRTOS.h"
#include "queue.h"
#include "task.h"
#include "timers.h"

#include <stdio.h>
#include <stdlib.h>

#define mainQUEUE_RECEIVE_TASK_PRIORITY (tskIDLE_PRIORITY + 2)
#define mainQUEUE_SEND_TASK_PRIORITY    (tskIDLE_PRIORITY + 1)
#define mainTASK_SEND_FREQUENCY_MS      pdMS_TO_TICKS(200UL)
#define mainTIMER_SEND_FREQUENCY_MS     pdMS_TO_TICKS(2000UL)
#define mainVALUE_SENT_FROM_TASK        (100UL)
#define mainVALUE_SENT_FROM_TIMER       (200UL)

static QueueHandle_t xQueue = NULL;
static TimerHandle_t xTimer = NULL;

static void prvQueueSendTask(void *pvParameters)
{
    TickType_t xNextWakeTime = xTaskGetTickCount();
    const uint32_t ulValueToSend = mainVALUE_SENT_FROM_TASK;

    (void)pvParameters;
    for (;;) {
        vTaskDelayUntil(&xNextWakeTime, mainTASK_SEND_FREQUENCY_MS);
        xQueueSend(xQueue, &ulValueToSend, 0U);
    }
}

static void prvQueueSendTimerCallback(TimerHandle_t xTimerHandle)
{
    const uint32_t ulValueToSend = mainVALUE_SENT_FROM_TIMER;

    (void)xTimerHandle;
    xQueueSend(xQueue, &ulValueToSend, 0U);
}

static void prvQueueReceiveTask(void *pvParameters)
{
    uint32_t ulReceivedValue;

    (void)pvParameters;
    for (;;) {
        xQueueReceive(xQueue, &ulReceivedValue, portMAX_DELAY);
        if (ulReceivedValue == mainVALUE_SENT_FROM_TIMER) {
            printf("timer at %lu\n", (unsigned long)xTaskGetTickCount());
            exit(0);
        }
        printf("toggle at %lu\n", (unsigned long)xTaskGetTickCount());
    }
}

int main(void)
{
    xQueue = xQueueCreate(2, sizeof(uint32_t));
    if (xQueue != NULL) {
        xTaskCreate(prvQueueReceiveTask, "Rx", configMINIMAL_STACK_SIZE, NULL,
                    mainQUEUE_RECEIVE_TASK_PRIORITY, NULL);
        xTaskCreate(prvQueueSendTask, "TX", configMINIMAL_STACK_SIZE, NULL,
                    mainQUEUE_SEND_TASK_PRIORITY, NULL);
        xTimer = xTimerCreate("Timer", mainTIMER_SEND_FREQUENCY_MS, pdTRUE, NULL,
                              prvQueueSendTimerCallback);
        xTimerStart(xTimer, 0);
        vTaskStartScheduler();
    }
    for (;;) {
    }
}
