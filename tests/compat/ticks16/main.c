/* SPDX-License-Identifier: MIT */
/* Delays, periods, time-outs and event groups of eight bits where the tick count has 16 bits. */
#include "FreeRTOS.h"
#include "event_groups.h"
#include "task.h"
#include "timers.h"

#include <stdio.h>
#include <stdlib.h>

static unsigned uExpired;

static void prvTimer(TimerHandle_t xTimer)
{
    (void)xTimer;
    uExpired++;
}

static void prvTask(void *pvParameters)
{
    EventGroupHandle_t xGroup = xEventGroupCreate();
    TickType_t xWake;
    int i;

    (void)pvParameters;
    printf("a tick count has %u bytes, the longest wait is %u\n", (unsigned)sizeof(TickType_t),
           (unsigned)portMAX_DELAY);
    vTaskDelay(60000);
    xWake = xTaskGetTickCount();
    for (i = 0; i < 3; i++) {
        vTaskDelayUntil(&xWake, 3000);
        printf("at %u\n", (unsigned)xTaskGetTickCount());
    }
    printf("bits %u\n", (unsigned)xEventGroupSetBits(xGroup, 0x81));
    printf("timed out with %u\n", (unsigned)xEventGroupWaitBits(xGroup, 0x02, pdFALSE, pdTRUE, 10));
    printf("at %u, timer %u\n", (unsigned)xTaskGetTickCount(), uExpired);
    exit(0);
}

int main(void)
{
    TimerHandle_t xTimer = xTimerCreate("t", 30000, pdTRUE, NULL, prvTimer);

    xTimerStart(xTimer, 0);
    xTaskCreate(prvTask, "Task", 200, NULL, 1, NULL);
    vTaskStartScheduler();
    return 1;
}
