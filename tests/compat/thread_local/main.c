/* SPDX-License-Identifier: MIT */
/* A library keeps its state in thread-local pointers; FreeRTOS_errno belongs to a task. */
#include "FreeRTOS.h"
#include "task.h"

#include <stdio.h>
#include <stdlib.h>

#define libINDEX 3

extern int FreeRTOS_errno;

static int iNextToken(void)
{
    int *piState = pvTaskGetThreadLocalStoragePointer(NULL, libINDEX);

    if (piState == NULL) {
        piState = pvPortMalloc(sizeof(int));
        *piState = 0;
        vTaskSetThreadLocalStoragePointer(NULL, libINDEX, piState);
    }
    return ++*piState;
}

static void vTask(void *pvParameters)
{
    const int iTask = (int)(intptr_t)pvParameters;
    int i;

    FreeRTOS_errno = iTask;
    for (i = 0; i < 3; i++) {
        printf("task %d: %d\n", iTask, iNextToken());
        vTaskDelay(2);
    }
    printf("task %d: errno %d\n", iTask, FreeRTOS_errno);
    if (iTask == 2)
        exit(pvTaskGetThreadLocalStoragePointer(NULL, 0) == NULL ? 0 : 1);
    for (;;)
        vTaskDelay(100);
}

int main(void)
{
    xTaskCreate(vTask, "One", 200, (void *)1, 1, NULL);
    xTaskCreate(vTask, "Two", 200, (void *)2, 1, NULL);
    vTaskStartScheduler();
    return 1;
}
