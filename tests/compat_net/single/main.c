/* SPDX-License-Identifier: MIT */
/* An application of the generation with a single interface, with a driver that it brings. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "FreeRTOS.h"
#include "task.h"

#include "FreeRTOS_DNS.h"
#include "FreeRTOS_IP.h"
#include "FreeRTOS_Sockets.h"
#include "NetworkBufferManagement.h"

#include "emac.h"
#include "network.h"

static const uint8_t ucIPAddress[4] = {10, 0, 2, 15};
static const uint8_t ucNetMask[4] = {255, 255, 255, 0};
static const uint8_t ucGatewayAddress[4] = {10, 0, 2, 2};
static const uint8_t ucDNSServerAddress[4] = {10, 0, 2, 3};
const uint8_t ucMACAddress[6] = {0x02, 0x66, 0x77, 0x88, 0x99, 0xaa};

static TaskHandle_t xDemoTask;

void vAssertCalled(const char *pcFile, unsigned long ulLine)
{
    printf("assert %s:%lu\n", pcFile, ulLine);
    fflush(stdout);
    abort();
}

BaseType_t xApplicationGetRandomNumber(uint32_t *pulNumber)
{
    static uint32_t ulSeed = 4711;

    ulSeed = ulSeed * 1664525U + 1013904223U;
    *pulNumber = ulSeed;
    return pdTRUE;
}

static void prvPrintAddress(const char *pcName, uint32_t ulAddress)
{
    char cBuffer[16];

    FreeRTOS_inet_ntoa(ulAddress, cBuffer);
    printf("%s %s\n", pcName, cBuffer);
}

void vApplicationIPNetworkEventHook(eIPCallbackEvent_t eNetworkEvent)
{
    printf("network %s\n", eNetworkEvent == eNetworkUp ? "up" : "down");
    if (xDemoTask != NULL) {
        xTaskNotifyGive(xDemoTask);
    }
}

void vApplicationPingReplyHook(ePingReplyStatus_t eStatus, uint16_t usIdentifier)
{
    (void)usIdentifier;
    printf("ping %s\n", eStatus == eSuccess ? "answered" : "wrong");
    xTaskNotifyGive(xDemoTask);
}

static void prvAddresses(void)
{
    uint32_t ulIPAddress, ulNetMask, ulGatewayAddress, ulDNSServerAddress;

    FreeRTOS_GetAddressConfiguration(&ulIPAddress, &ulNetMask, &ulGatewayAddress,
                                     &ulDNSServerAddress);
    configASSERT(ulIPAddress == FreeRTOS_GetIPAddress());
    prvPrintAddress("address", FreeRTOS_GetIPAddress());
    prvPrintAddress("netmask", FreeRTOS_GetNetmask());
    prvPrintAddress("gateway", FreeRTOS_GetGatewayAddress());
    prvPrintAddress("server", FreeRTOS_GetDNSServerAddress());
    FreeRTOS_SetGatewayAddress(FreeRTOS_inet_addr_quick(10, 0, 2, 4));
    prvPrintAddress("gateway", FreeRTOS_GetGatewayAddress());
    FreeRTOS_SetGatewayAddress(ulGatewayAddress);
}

static void prvUDP(void)
{
    struct freertos_sockaddr xDestination, xSource;
    socklen_t xLength = sizeof(xSource);
    Socket_t xSocket;
    char cBuffer[32];
    int32_t lBytes;

    xSocket = FreeRTOS_socket(FREERTOS_AF_INET, FREERTOS_SOCK_DGRAM, FREERTOS_IPPROTO_UDP);
    configASSERT(xSocket != FREERTOS_INVALID_SOCKET);
    xDestination.sin_addr = FreeRTOS_inet_addr("10.0.2.2");
    xDestination.sin_port = FreeRTOS_htons(7);
    xDestination.sin_family = FREERTOS_AF_INET;
    FreeRTOS_sendto(xSocket, "hello", 5, 0, &xDestination, sizeof(xDestination));
    lBytes = FreeRTOS_recvfrom(xSocket, cBuffer, sizeof(cBuffer), 0, &xSource, &xLength);
    printf("udp %d bytes from port %u\n", (int)lBytes, FreeRTOS_ntohs(xSource.sin_port));
    FreeRTOS_closesocket(xSocket);
}

static void prvServerTask(void *pvParameters)
{
    xSocket_t xListening = pvParameters, xConnected;
    struct freertos_sockaddr xClient;
    socklen_t xSize = sizeof(xClient);
    uint8_t ucBuffer[64];
    BaseType_t xReceived;

    for (;;) {
        xConnected = FreeRTOS_accept(xListening, &xClient, &xSize);
        if (xConnected == NULL || xConnected == FREERTOS_INVALID_SOCKET) {
            continue;
        }
        while ((xReceived = FreeRTOS_recv(xConnected, ucBuffer, sizeof(ucBuffer), 0)) > 0) {
            FreeRTOS_send(xConnected, ucBuffer, xReceived, 0);
        }
        FreeRTOS_shutdown(xConnected, FREERTOS_SHUT_RDWR);
        FreeRTOS_closesocket(xConnected);
    }
}

static void prvTCP(void)
{
    struct freertos_sockaddr xAddress;
    Socket_t xListening, xSocket;
    WinProperties_t xWinProps = {2920, 2, 2920, 2};
    char cBuffer[32] = "";
    BaseType_t xResult;

    memset(&xAddress, 0, sizeof(xAddress));
    xListening = FreeRTOS_socket(FREERTOS_AF_INET, FREERTOS_SOCK_STREAM, FREERTOS_IPPROTO_TCP);
    FreeRTOS_setsockopt(xListening, 0, FREERTOS_SO_WIN_PROPERTIES, &xWinProps, sizeof(xWinProps));
    xAddress.sin_port = FreeRTOS_htons(80);
    FreeRTOS_bind(xListening, &xAddress, sizeof(xAddress));
    FreeRTOS_listen(xListening, 3);
    xTaskCreate(prvServerTask, "Server", configMINIMAL_STACK_SIZE, xListening, 2, NULL);

    xSocket = FreeRTOS_socket(FREERTOS_AF_INET, FREERTOS_SOCK_STREAM, FREERTOS_IPPROTO_TCP);
    xAddress.sin_addr = FreeRTOS_gethostbyname("mirror.example");
    xResult = FreeRTOS_connect(xSocket, &xAddress, sizeof(xAddress));
    configASSERT(xResult == 0);
    xResult = FreeRTOS_send(xSocket, "GET /", 5, 0);
    configASSERT(xResult == 5);
    xResult = FreeRTOS_recv(xSocket, cBuffer, sizeof(cBuffer), 0);
    printf("tcp %d bytes: %s\n", (int)xResult, cBuffer);
    FreeRTOS_shutdown(xSocket, FREERTOS_SHUT_RDWR);
    while (FreeRTOS_recv(xSocket, cBuffer, sizeof(cBuffer), 0) >= 0) {
    }
    FreeRTOS_closesocket(xSocket);
}

BaseType_t xApplicationDNSQueryHook(const char *pcName)
{
    return strcmp(pcName, "single") == 0 ? pdTRUE : pdFALSE;
}

static void prvOnDNSEvent(const char *pcName, void *pvSearchID, uint32_t ulIPAddress)
{
    configASSERT(pvSearchID == (void *)&xDemoTask);
    prvPrintAddress(pcName, ulIPAddress);
    xTaskNotifyGive(xDemoTask);
}

static void prvNames(void)
{
    FOnDNSEvent pCallback = prvOnDNSEvent;

    configASSERT(FreeRTOS_dnslookup("mirror.example") != 0);
    FreeRTOS_dnsclear();
    configASSERT(FreeRTOS_dnslookup("mirror.example") == 0);
    configASSERT(FreeRTOS_gethostbyname_a("mirror.example", pCallback, (void *)&xDemoTask,
                                          1000 / portTICK_PERIOD_MS) == 0);
    ulTaskNotifyTake(pdTRUE, portMAX_DELAY);
    FreeRTOS_gethostbyname_a("other.example", pCallback, NULL, 1000 / portTICK_PERIOD_MS);
    FreeRTOS_gethostbyname_cancel(NULL);
}

static void prvDemoTask(void *pvParameters)
{
    (void)pvParameters;
    ulTaskNotifyTake(pdTRUE, portMAX_DELAY);
    prvAddresses();
    FreeRTOS_OutputARPRequest(FreeRTOS_inet_addr("10.0.2.2"));
    FreeRTOS_SendPingRequest(FreeRTOS_inet_addr("10.0.2.2"), 8, 100 / portTICK_PERIOD_MS);
    ulTaskNotifyTake(pdTRUE, portMAX_DELAY);
    prvUDP();
    prvTCP();
    prvNames();

    EMAC_SetCable(false);
    ulTaskNotifyTake(pdTRUE, portMAX_DELAY);
    EMAC_SetCable(true);
    ulTaskNotifyTake(pdTRUE, portMAX_DELAY);
    FreeRTOS_ClearARP();
    prvUDP();
    vTaskDelay(60000 / portTICK_PERIOD_MS);
    printf("%u of %u buffers are free\n", (unsigned)uxGetNumberOfFreeNetworkBuffers(),
           (unsigned)ipconfigNUM_NETWORK_BUFFER_DESCRIPTORS);
    exit(0);
}

int main(void)
{
    FreeRTOS_IPInit(ucIPAddress, ucNetMask, ucGatewayAddress, ucDNSServerAddress, ucMACAddress);
    xTaskCreate(prvDemoTask, "Demo", configMINIMAL_STACK_SIZE, NULL, 2, &xDemoTask);
    vTaskStartScheduler();
    return 1;
}
