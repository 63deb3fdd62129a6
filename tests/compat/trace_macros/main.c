/* SPDX-License-Identifier: MIT */
/* A recorder that counts: each event is reported as often as it happens. */
#include "FreeRTOS.h"
#include "queue.h"
#include "task.h"

#include <stdio.h>
#include <stdlib.h>

unsigned long ulTrace[TRACE_COUNT];

void vTraceCount(int iEvent)
{
    ulTrace[iEvent]++;
}

static QueueHandle_t xQueue;

static void vReceiver(void *pvParameters)
{
    char cItem;

    (void)pvParameters;
    for (;;)
        xQueueReceive(xQueue, &cItem, portMAX_DELAY);
}

static void vReport(const char *pcName, int iEvent)
{
    printf("%s %lu\n", pcName, ulTrace[iEvent]);
}

static void vMain(void *pvParameters)
{
    TaskHandle_t xReceiver;

    (void)pvParameters;
    xQueueSend(xQueue, "a", 0);
    xQueueSend(xQueue, "b", 0);
    if (xQueueSend(xQueue, "c", 0) != errQUEUE_FULL)
        exit(1);
    xTaskCreate(vReceiver, "Receiver", 200, NULL, 3, &xReceiver);
    vTaskDelay(3);
    vTaskDelete(xReceiver);
    vQueueDelete(xQueue);
    vReport("created", TRACE_CREATED);
    vReport("deleted", TRACE_DELETED);
    vReport("queues", TRACE_QUEUES);
    vReport("sent", TRACE_SENT);
    vReport("failed", TRACE_FAILED);
    vReport("received", TRACE_RECEIVED);
    vReport("blocked", TRACE_BLOCKED);
    vReport("delayed", TRACE_DELAYED);
    vReport("allocated", TRACE_ALLOCATED);
    vReport("freed", TRACE_FREED);
    printf("in and out %s\n", ulTrace[TRACE_IN] == ulTrace[TRACE_OUT] + 1 ? "balanced" : "differ");
    exit(0);
}

int main(void)
{
    xQueue = xQueueCreate(2, 1);
    xTaskCreate(vMain, "Main", 200, NULL, 1, NULL);
    vTaskStartScheduler();
    return 1;
}
