/* SPDX-License-Identifier: MIT */
/* A UART's interrupt fills a stream; its reader wakes at the trigger level or when time is up. */
#include "FreeRTOS.h"
#include "stream_buffer.h"
#include "task.h"

#include <sim.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define STORAGE_SIZE_BYTES 32

static uint8_t ucStorageBuffer[STORAGE_SIZE_BYTES + 1];
static StaticStreamBuffer_t xStreamBufferStruct;
static StreamBufferHandle_t xStreamBuffer;

static void prvUartISR(void *pvArgument)
{
    const char *pcText = pvArgument;
    BaseType_t xHigherPriorityTaskWoken = pdFALSE;

    xStreamBufferSendFromISR(xStreamBuffer, pcText, strlen(pcText), &xHigherPriorityTaskWoken);
    portYIELD_FROM_ISR(xHigherPriorityTaskWoken);
}

static void prvReader(void *pvParameters)
{
    char cBuffer[STORAGE_SIZE_BYTES + 1];
    size_t xReceived;

    (void)pvParameters;
    for (;;) {
        xReceived = xStreamBufferReceive(xStreamBuffer, cBuffer, sizeof(cBuffer) - 1,
                                         pdMS_TO_TICKS(20));
        cBuffer[xReceived] = '\0';
        printf("%lu: '%s'\n", (unsigned long)xTaskGetTickCount(), cBuffer);
        if (xReceived == 0)
            break;
    }
    xStreamBufferSetTriggerLevel(xStreamBuffer, 1);
    printf("room %u, empty %d\n", (unsigned)xStreamBufferSpacesAvailable(xStreamBuffer),
           (int)xStreamBufferIsEmpty(xStreamBuffer));
    printf("sent %u\n", (unsigned)xStreamBufferSend(
                            xStreamBuffer, "0123456789012345678901234567890123456789", 40, 0));
    printf("full %d\n", (int)xStreamBufferIsFull(xStreamBuffer));
    xStreamBufferReset(xStreamBuffer);
    printf("available %u\n", (unsigned)xStreamBufferBytesAvailable(xStreamBuffer));
    vStreamBufferDelete(xStreamBuffer);
    exit(0);
}

int main(void)
{
    static char cHello[] = "hello, ", cWorld[] = "world", cShort[] = "!";

    xStreamBuffer = xStreamBufferCreateStatic(sizeof(ucStorageBuffer), 10, ucStorageBuffer,
                                              &xStreamBufferStruct);
    xTaskCreate(prvReader, "Reader", 200, NULL, 1, NULL);
    sim_interrupt_at(5000, prvUartISR, cHello);
    sim_interrupt_at(8000, prvUartISR, cWorld);
    sim_interrupt_at(15000, prvUartISR, cShort);
    vTaskStartScheduler();
    return 1;
}
