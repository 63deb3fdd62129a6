/* SPDX-License-Identifier: MIT */
/* One task waits for two queues of different items and a semaphore at once. */
#include "FreeRTOS.h"
#include "queue.h"
#include "semphr.h"
#include "task.h"

#include <sim.h>
#include <stdio.h>
#include <stdlib.h>

typedef struct {
    char cKey;
    short sCode;
} Key_t;

static QueueHandle_t xNumbers, xKeys;
static SemaphoreHandle_t xButton;
static QueueSetHandle_t xSet;

static void prvButtonISR(void *pvArgument)
{
    BaseType_t xWoken = pdFALSE;

    (void)pvArgument;
    xSemaphoreGiveFromISR(xButton, &xWoken);
    portYIELD_FROM_ISR(xWoken);
}

static void prvSender(void *pvParameters)
{
    const unsigned long ulNumber = 42;
    const Key_t xKey = {'q', -7};

    (void)pvParameters;
    vTaskDelay(1);
    xQueueSend(xNumbers, &ulNumber, 0);
    xQueueSend(xKeys, &xKey, 0);
    xQueueSendToFront(xKeys, &xKey, 0);
    sim_raise(prvButtonISR, NULL);
    vTaskDelete(NULL);
}

static void prvReceiver(void *pvParameters)
{
    QueueSetMemberHandle_t xActive;
    unsigned long ulNumber;
    Key_t xKey;

    (void)pvParameters;
    while ((xActive = xQueueSelectFromSet(xSet, pdMS_TO_TICKS(100))) != NULL) {
        if (xActive == xNumbers && xQueueReceive(xNumbers, &ulNumber, 0) == pdPASS)
            printf("%s: %lu\n", pcQueueGetName(xNumbers), ulNumber);
        else if (xActive == xKeys && xQueueReceive(xKeys, &xKey, 0) == pdPASS)
            printf("%s: %c %d\n", pcQueueGetName(xKeys), xKey.cKey, xKey.sCode);
        else if (xActive == xButton && xSemaphoreTake(xButton, 0) == pdPASS)
            puts("button");
    }
    puts("quiet");
    xQueueRemoveFromSet(xKeys, xSet);
    vQueueUnregisterQueue(xKeys);
    vQueueDelete(xKeys);
    exit(0);
}

int main(void)
{
    xNumbers = xQueueCreate(3, sizeof(unsigned long));
    xKeys = xQueueCreate(4, sizeof(Key_t));
    xButton = xSemaphoreCreateBinary();
    vQueueAddToRegistry(xNumbers, "numbers");
    vQueueAddToRegistry(xKeys, "keys");
    xSet = xQueueCreateSet(3 + 4 + 1);
    xQueueAddToSet(xNumbers, xSet);
    xQueueAddToSet(xKeys, xSet);
    xQueueAddToSet(xButton, xSet);
    xTaskCreate(prvReceiver, "Receiver", configMINIMAL_STACK_SIZE, NULL, 1, NULL);
    xTaskCreate(prvSender, "Sender", configMINIMAL_STACK_SIZE, NULL, 2, NULL);
    vTaskStartScheduler();
    return 1;
}
