/* SPDX-License-Identifier: MIT */
/* Messages of different length keep their boundaries; a writer waits until there is room. */
#include "FreeRTOS.h"
#include "message_buffer.h"
#include "task.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static MessageBufferHandle_t xMessageBuffer;

static void vWriter(void *pvParameters)
{
    static const char *const pcMessages[] = {"a", "bb", "a longer message", "the last"};
    unsigned i;

    (void)pvParameters;
    for (i = 0; i < sizeof(pcMessages) / sizeof(pcMessages[0]); i++)
        printf("wrote %u\n", (unsigned)xMessageBufferSend(xMessageBuffer, pcMessages[i],
                                                          strlen(pcMessages[i]), portMAX_DELAY));
    printf("too long: %u\n",
           (unsigned)xMessageBufferSend(xMessageBuffer, "this message does not fit at all", 32,
                                        portMAX_DELAY));
    for (;;)
        vTaskDelay(100);
}

static void vReader(void *pvParameters)
{
    char cMessage[20];
    size_t xLength;

    (void)pvParameters;
    vTaskDelay(10);
    printf("next %u\n", (unsigned)xMessageBufferNextLengthBytes(xMessageBuffer));
    while ((xLength = xMessageBufferReceive(xMessageBuffer, cMessage, 10, 10)) > 0 ||
           (xLength = xMessageBufferReceive(xMessageBuffer, cMessage, sizeof(cMessage), 10)) > 0)
        printf("read '%.*s'\n", (int)xLength, cMessage);
    vMessageBufferDelete(xMessageBuffer);
    exit(0);
}

int main(void)
{
    xMessageBuffer = xMessageBufferCreate(24);
    xTaskCreate(vWriter, "Writer", 200, NULL, 1, NULL);
    xTaskCreate(vReader, "Reader", 200, NULL, 1, NULL);
    vTaskStartScheduler();
    return 1;
}
