/* SPDX-License-Identifier: MIT */
/* A gatekeeper prints what others queue; the tick hook goes to the front. */
#include "FreeRTOS.h"
#include "queue.h"
#include "task.h"

#include <stdio.h>
#include <stdlib.h>

static const char *const pcStringsToPrint[] = {"Task 1 ********", "Task 2 --------",
                                               "from the tick hook"};
static QueueHandle_t xPrintQueue;

void vApplicationTickHook(void)
{
    static int iCount = 0;

    if (++iCount >= 10) {
        xQueueSendToFrontFromISR(xPrintQueue, &pcStringsToPrint[2], NULL);
        iCount = 0;
    }
}

static void prvStdioGatekeeperTask(void *pvParameters)
{
    const char *pcMessageToPrint;
    int iLines;

    (void)pvParameters;
    for (iLines = 0; iLines < 7; iLines++) {
        xQueueReceive(xPrintQueue, &pcMessageToPrint, portMAX_DELAY);
        puts(pcMessageToPrint);
    }
    exit(0);
}

static void prvPrintTask(void *pvParameters)
{
    const int iIndexToString = (int)(intptr_t)pvParameters;

    for (;;) {
        xQueueSendToBack(xPrintQueue, &pcStringsToPrint[iIndexToString], 0);
        vTaskDelay(6);
    }
}

int main(void)
{
    xPrintQueue = xQueueCreate(5, sizeof(char *));
    if (xPrintQueue != NULL) {
        xTaskCreate(prvPrintTask, "Print1", 200, (void *)0, 1, NULL);
        xTaskCreate(prvPrintTask, "Print2", 200, (void *)1, 2, NULL);
        xTaskCreate(prvStdioGatekeeperTask, "Gatekeeper", 200, NULL, 0, NULL);
        vTaskStartScheduler();
    }
    for (;;) {
    }
}
