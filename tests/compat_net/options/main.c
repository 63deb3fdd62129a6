/* SPDX-License-Identifier: MIT */
/* What options do that few applications set. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "FreeRTOS.h"
#include "task.h"

#include "FreeRTOS_IP.h"
#include "FreeRTOS_IP_Private.h"
#include "FreeRTOS_Sockets.h"

#include "driver.h"
#include "emac.h"

static const uint8_t ucMACAddress[6] = {0x02, 0, 0, 0, 0, 0x51};
static NetworkInterface_t xInterface;
static NetworkEndPoint_t xEndPoint;
static TaskHandle_t xDemoTask;
static int iSockets;
static unsigned long ulWatchdogCalls;
static int iConsumed, iReturned;

void vAssertCalled(const char *pcFile, uint32_t ulLine)
{
    printf("assert %s:%u\n", pcFile, (unsigned)ulLine);
    fflush(stdout);
    abort();
}

void vLoggingPrintf(const char *pcFormat, ...)
{
    va_list xArguments;

    va_start(xArguments, pcFormat);
    printf("debug: ");
    vprintf(pcFormat, xArguments);
    va_end(xArguments);
}

void *pvSocketMemory(size_t uxSize)
{
    iSockets++;
    return pvPortMalloc(uxSize);
}

void vSocketMemoryFree(void *pvMemory)
{
    iSockets--;
    vPortFree(pvMemory);
}

void vWatchdog(void)
{
    ulWatchdogCalls++;
}

unsigned long ulRandom(void)
{
    static unsigned long ulSeed = 4711;

    ulSeed = ulSeed * 1664525UL + 1013904223UL;
    return ulSeed & 0xffffffffUL;
}

void vApplicationIPNetworkEventHook_Multi(eIPCallbackEvent_t eNetworkEvent,
                                          struct xNetworkEndPoint *pxEndPoint)
{
    (void)eNetworkEvent;
    (void)pxEndPoint;
    xTaskNotifyGive(xDemoTask);
}

eFrameProcessingResult_t eApplicationProcessCustomFrameHook(
    NetworkBufferDescriptor_t *const pxFrame)
{
    const uint8_t *pucBytes = pxFrame->pucEthernetBuffer;

    configASSERT(pxFrame->pxInterface == &xInterface && pxFrame->xDataLength == 60);
    configASSERT(pucBytes[12] == 0x88 && pucBytes[13] == 0xb5);
    switch (pucBytes[14]) {
    case 0:
        vReleaseNetworkBufferAndDescriptor(pxFrame);
        iConsumed++;
        return eFrameConsumed;
    case 1:
        iReturned++;
        return eReturnEthernetFrame;
    default:
        return eReleaseBuffer;
    }
}

static void prvSendCustomFrame(uint8_t ucKind)
{
    uint8_t ucFrame[60] = {0};

    memcpy(ucFrame, ucMACAddress, 6);
    memcpy(ucFrame + 6, (const uint8_t[]){2, 0, 0, 0, 0, 2}, 6);
    ucFrame[12] = 0x88;
    ucFrame[13] = 0xb5;
    ucFrame[14] = ucKind;
    EMAC_FromCable(ucFrame, sizeof(ucFrame), 100);
    vTaskDelay(pdMS_TO_TICKS(20));
}

static void prvDemoTask(void *pvParameters)
{
    struct freertos_sockaddr xAddress = {.sin_family = FREERTOS_AF_INET};
    TickType_t xTimeout = pdMS_TO_TICKS(2000);
    Socket_t xSocket;
    unsigned long ulBefore;

    (void)pvParameters;
    ulTaskNotifyTake(pdTRUE, portMAX_DELAY);
    prvSendCustomFrame(0);
    prvSendCustomFrame(1);
    prvSendCustomFrame(2);
    printf("custom frames: %d consumed, %d returned\n", iConsumed, iReturned);

    xSocket = FreeRTOS_socket(FREERTOS_AF_INET, FREERTOS_SOCK_STREAM, FREERTOS_IPPROTO_TCP);
    FreeRTOS_setsockopt(xSocket, 0, FREERTOS_SO_RCVTIMEO, &xTimeout, sizeof(xTimeout));
    xAddress.sin_port = FreeRTOS_htons(99);
    xAddress.sin_address.ulIP_IPv4 = FreeRTOS_inet_addr("10.0.2.9");
    printf("connect to a closed port: %s\n",
           FreeRTOS_connect(xSocket, &xAddress, sizeof(xAddress)) == -pdFREERTOS_ERRNO_ETIMEDOUT
               ? "silence"
               : "an answer");
    printf("sockets: %d\n", iSockets);
    FreeRTOS_closesocket(xSocket);
    printf("sockets: %d\n", iSockets);

    vTaskDelay(pdMS_TO_TICKS(60000));
    ulBefore = ulWatchdogCalls;
    vTaskDelay(pdMS_TO_TICKS(10000));
    printf("watchdog: %s\n", ulWatchdogCalls - ulBefore >= 20 ? "often enough" : "too seldom");

    EMAC_SetCable(false);
    ulTaskNotifyTake(pdTRUE, portMAX_DELAY);
    EMAC_SetCable(true);
    ulTaskNotifyTake(pdTRUE, portMAX_DELAY);
    exit(0);
}

int main(void)
{
    static const uint8_t ucNone[4];
    static NetworkInterface_t xSecond;

    pxEMAC_FillInterfaceDescriptor(0, &xInterface);
    xSecond = xInterface;
    printf("a second interface: %s\n",
           FreeRTOS_AddNetworkInterface(&xSecond) == NULL ? "refused" : "added");
    FreeRTOS_FillEndPoint(&xInterface, &xEndPoint, ucNone, ucNone, ucNone, ucNone, ucMACAddress);
    xEndPoint.bits.bWantDHCP = pdTRUE;
    configASSERT(FreeRTOS_IPInit_Multi() == pdPASS);
    xTaskCreate(prvDemoTask, "Demo", configMINIMAL_STACK_SIZE, NULL, 2, &xDemoTask);
    vTaskStartScheduler();
    return 1;
}
