/* SPDX-License-Identifier: MIT */
/* vTaskList and vTaskGetRunTimeStats fill a buffer; uxTaskGetSystemState gives the raw numbers. */
#include "FreeRTOS.h"
#include "task.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

volatile unsigned long ulHighFrequencyTimerTicks;

static void vWorker(void *pvParameters)
{
    (void)pvParameters;
    ulHighFrequencyTimerTicks += 750;
    vTaskSuspend(NULL);
}

static void vShowState(const char *pcTable, const char *pcName)
{
    const char *pcLine = strstr(pcTable, pcName);
    char cName[16] = "", cState = '?';
    unsigned uPriority = 99;

    if (pcLine != NULL)
        sscanf(pcLine, "%15s %c %u", cName, &cState, &uPriority);
    printf("%s %c %u\n", cName, cState, uPriority);
}

static void vMain(void *pvParameters)
{
    static char cBuffer[1024];
    TaskStatus_t xStatus[5];
    uint32_t ulTotal;
    UBaseType_t uxTasks, x;
    const char *pcLine;
    unsigned long ulCounter = 0;

    (void)pvParameters;
    vTaskDelay(2);
    ulHighFrequencyTimerTicks += 250;
    vTaskDelay(2);
    vTaskList(cBuffer);
    vShowState(cBuffer, "Main");
    vShowState(cBuffer, "Worker");
    vShowState(cBuffer, "IDLE");
    vTaskGetRunTimeStats(cBuffer);
    pcLine = strstr(cBuffer, "Worker");
    if (pcLine != NULL)
        sscanf(pcLine, "Worker %lu", &ulCounter);
    printf("counter %lu, %s\n", ulCounter, strstr(cBuffer, "75%") != NULL ? "75%" : "no 75%");
    uxTasks = uxTaskGetSystemState(xStatus, 5, &ulTotal);
    printf("%lu tasks, total %lu\n", (unsigned long)uxTasks, (unsigned long)ulTotal);
    for (x = 0; x < uxTasks; x++)
        if (strcmp(xStatus[x].pcTaskName, "Worker") == 0)
            printf("suspended %d, ran %lu\n", xStatus[x].eCurrentState == eSuspended,
                   (unsigned long)xStatus[x].ulRunTimeCounter);
    exit(0);
}

int main(void)
{
    xTaskCreate(vMain, "Main", 400, NULL, 2, NULL);
    xTaskCreate(vWorker, "Worker", 200, NULL, 1, NULL);
    vTaskStartScheduler();
    return 1;
}
