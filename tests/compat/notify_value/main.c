/* SPDX-License-Identifier: MIT */
/* Every action of xTaskNotify, by index, with and without asking for the value before. */
#include "FreeRTOS.h"
#include "task.h"

#include <sim.h>
#include <stdio.h>
#include <stdlib.h>

#define TX_BIT 0x01
#define RX_BIT 0x02

static TaskHandle_t xReceiver;

static void prvTxISR(void *pvArgument)
{
    BaseType_t xWoken = pdFALSE;

    (void)pvArgument;
    xTaskNotifyFromISR(xReceiver, TX_BIT, eSetBits, &xWoken);
    xTaskNotifyIndexedFromISR(xReceiver, 2, 7, eSetValueWithOverwrite, &xWoken);
    portYIELD_FROM_ISR(xWoken);
}

static void prvReceiverTask(void *pvParameters)
{
    uint32_t ulValue;

    (void)pvParameters;
    while (xTaskNotifyWait(0, UINT32_MAX, &ulValue, pdMS_TO_TICKS(50)) == pdPASS) {
        if ((ulValue & TX_BIT) != 0)
            puts("sent");
        if ((ulValue & RX_BIT) != 0)
            puts("received");
    }
    xTaskNotifyWaitIndexed(1, 0, 0, &ulValue, 0);
    printf("index 1: %lu\n", (unsigned long)ulValue);
    printf("index 2: %lu\n", (unsigned long)ulTaskNotifyTakeIndexed(2, pdTRUE, 0));
    exit(0);
}

static void prvSenderTask(void *pvParameters)
{
    uint32_t ulPrevious = 99;

    (void)pvParameters;
    xTaskNotify(xReceiver, TX_BIT | RX_BIT, eSetBits);
    sim_raise(prvTxISR, NULL);
    if (xTaskNotifyIndexed(xReceiver, 1, 10, eSetValueWithoutOverwrite) == pdPASS)
        puts("first value kept");
    if (xTaskNotifyIndexed(xReceiver, 1, 20, eSetValueWithoutOverwrite) == pdFAIL)
        puts("second value refused");
    xTaskNotifyAndQueryIndexed(xReceiver, 1, 0, eIncrement, &ulPrevious);
    printf("was %lu\n", (unsigned long)ulPrevious);
    printf("cleared %lu\n", (unsigned long)ulTaskNotifyValueClearIndexed(xReceiver, 1, 0x8));
    printf("pending %d\n", (int)xTaskNotifyStateClearIndexed(xReceiver, 1));
    for (;;)
        vTaskDelay(1000);
}

int main(void)
{
    xTaskCreate(prvReceiverTask, "Receiver", 200, NULL, 2, &xReceiver);
    xTaskCreate(prvSenderTask, "Sender", 200, NULL, 1, NULL);
    vTaskStartScheduler();
    return 1;
}
