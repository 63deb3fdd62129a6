/* SPDX-License-Identifier: MIT */
/* Two flashers with one function, and a queue between co-routines; all on the idle task's stack. */
#include "FreeRTOS.h"
#include "croutine.h"
#include "queue.h"
#include "task.h"

#include <stdio.h>
#include <stdlib.h>

static QueueHandle_t xFlashes;

static void vFlashCoRoutine(CoRoutineHandle_t xHandle, UBaseType_t uxIndex)
{
    static const TickType_t xFlashRates[2] = {20, 50};
    static BaseType_t xResult[2];

    crSTART(xHandle);
    for (;;) {
        crDELAY(xHandle, xFlashRates[uxIndex]);
        crQUEUE_SEND(xHandle, xFlashes, &uxIndex, 0, &xResult[uxIndex]);
    }
    crEND();
}

static void vShowCoRoutine(CoRoutineHandle_t xHandle, UBaseType_t uxIndex)
{
    static UBaseType_t uxLamp;
    static BaseType_t xResult;
    static int iCount;

    (void)uxIndex;
    crSTART(xHandle);
    for (;;) {
        crQUEUE_RECEIVE(xHandle, xFlashes, &uxLamp, 1000, &xResult);
        if (xResult == pdPASS)
            printf("lamp %lu at %lu\n", (unsigned long)uxLamp, (unsigned long)xTaskGetTickCount());
        if (++iCount == 5)
            exit(0);
    }
    crEND();
}

void vApplicationIdleHook(void)
{
    for (;;)
        vCoRoutineSchedule();
}

int main(void)
{
    xFlashes = xQueueCreate(4, sizeof(UBaseType_t));
    xCoRoutineCreate(vFlashCoRoutine, 0, 0);
    xCoRoutineCreate(vFlashCoRoutine, 0, 1);
    xCoRoutineCreate(vShowCoRoutine, 1, 0);
    vTaskStartScheduler();
    return 1;
}
