/* SPDX-License-Identifier: MIT */
/* Three tasks of different speed meet at each round; one bit stays away in the last. */
#include "FreeRTOS.h"
#include "event_groups.h"
#include "task.h"

#include <stdio.h>
#include <stdlib.h>

#define ALL_SYNC_BITS ((EventBits_t)0x07)

static EventGroupHandle_t xEventBits;

static void vSynchronizing(void *pvParameters)
{
    const int iTask = (int)(intptr_t)pvParameters;
    const EventBits_t uxThisBit = (EventBits_t)1 << iTask;
    EventBits_t uxReturn;
    int iRound;

    for (iRound = 1; iRound <= 2; iRound++) {
        vTaskDelay(pdMS_TO_TICKS(10 * (iTask + 1)));
        uxReturn = xEventGroupSync(xEventBits, uxThisBit, ALL_SYNC_BITS, portMAX_DELAY);
        configASSERT((uxReturn & ALL_SYNC_BITS) == ALL_SYNC_BITS);
        printf("task %d, round %d at %lu\n", iTask, iRound, (unsigned long)xTaskGetTickCount());
    }
    if (iTask == 2)
        vTaskDelete(NULL);
    uxReturn = xEventGroupSync(xEventBits, uxThisBit, ALL_SYNC_BITS, pdMS_TO_TICKS(20));
    printf("task %d: only %lx\n", iTask, (unsigned long)uxReturn);
    vTaskDelay(5);
    exit(0);
}

int main(void)
{
    int iTask;

    xEventBits = xEventGroupCreate();
    for (iTask = 0; iTask < 3; iTask++)
        xTaskCreate(vSynchronizing, "Sync", 200, (void *)(intptr_t)iTask, (UBaseType_t)(4 - iTask),
                    NULL);
    vTaskStartScheduler();
    return 1;
}
