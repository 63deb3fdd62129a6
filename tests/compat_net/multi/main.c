/* SPDX-License-Identifier: MIT */
/* An application of the generation with several interfaces, with a driver that it brings. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "FreeRTOS.h"
#include "task.h"

#include "FreeRTOS_ARP.h"
#include "FreeRTOS_DHCP.h"
#include "FreeRTOS_DNS.h"
#include "FreeRTOS_IP.h"
#include "FreeRTOS_Routing.h"
#include "FreeRTOS_Sockets.h"
#include "NetworkBufferManagement.h"

#include "driver.h"
#include "emac.h"
#include "network.h"

static const uint8_t ucIPAddress[4] = {10, 0, 2, 15};
static const uint8_t ucNetMask[4] = {255, 255, 255, 0};
static const uint8_t ucGatewayAddress[4] = {10, 0, 2, 2};
static const uint8_t ucDNSServerAddress[4] = {10, 0, 2, 3};
static const uint8_t ucMACAddress[6] = {0x02, 0x11, 0x22, 0x33, 0x44, 0x55};

static NetworkInterface_t xInterfaces[1];
static NetworkEndPoint_t xEndPoints[2];
static TaskHandle_t xDemoTask;

void vAssertCalled(const char *pcFile, uint32_t ulLine)
{
    printf("assert %s:%u\n", pcFile, (unsigned)ulLine);
    fflush(stdout);
    abort();
}

/* Numbers are shown as '#', since those of the heap are not the same everywhere. */
void vLoggingPrintf(const char *pcFormat, ...)
{
    va_list xArguments;
    char cLine[200], *pcChar;

    va_start(xArguments, pcFormat);
    vsnprintf(cLine, sizeof(cLine), pcFormat, xArguments);
    va_end(xArguments);
    for (pcChar = cLine; *pcChar != '\0'; pcChar++) {
        if (*pcChar < '0' || *pcChar > '9') {
            putchar(*pcChar);
        } else if (pcChar[1] < '0' || pcChar[1] > '9') {
            putchar('#');
        }
    }
}

BaseType_t xApplicationGetRandomNumber(uint32_t *pulNumber)
{
    static uint32_t ulSeed = 4711;

    ulSeed = ulSeed * 1664525U + 1013904223U;
    *pulNumber = ulSeed;
    return pdTRUE;
}

uint32_t ulApplicationGetNextSequenceNumber(uint32_t ulSourceAddress, uint16_t usSourcePort,
                                            uint32_t ulDestinationAddress,
                                            uint16_t usDestinationPort)
{
    uint32_t ulNumber = 0;

    (void)ulSourceAddress;
    (void)usSourcePort;
    (void)ulDestinationAddress;
    (void)usDestinationPort;
    (void)xApplicationGetRandomNumber(&ulNumber);
    return ulNumber;
}

const char *pcApplicationHostnameHook(void)
{
    return "multi";
}

eDHCPCallbackAnswer_t xApplicationDHCPHook_Multi(eDHCPCallbackPhase_t eDHCPPhase,
                                                 struct xNetworkEndPoint *pxEndPoint,
                                                 IP_Address_t *pxIPAddress)
{
    (void)pxEndPoint;
    if (eDHCPPhase == eDHCPPhasePreRequest) {
        char cBuffer[16];

        printf("dhcp: offered %s\n", FreeRTOS_inet_ntoa(pxIPAddress->ulIP_IPv4, cBuffer));
    }
    return eDHCPContinue;
}

void vApplicationIPNetworkEventHook_Multi(eIPCallbackEvent_t eNetworkEvent,
                                          struct xNetworkEndPoint *pxEndPoint)
{
    char cBuffer[16];

    if (eNetworkEvent == eNetworkUp) {
        uint32_t ulIPAddress, ulNetMask, ulGatewayAddress, ulDNSServerAddress;

        FreeRTOS_GetEndPointConfiguration(&ulIPAddress, &ulNetMask, &ulGatewayAddress,
                                          &ulDNSServerAddress, pxEndPoint);
        printf("up: %s\n", FreeRTOS_inet_ntoa(ulIPAddress, cBuffer));
    } else {
        printf("down: %s\n", pxEndPoint->pxNetworkInterface->pcName);
    }
    if (xDemoTask != NULL) {
        xTaskNotifyGive(xDemoTask);
    }
}

void vApplicationPingReplyHook(ePingReplyStatus_t eStatus, uint16_t usIdentifier)
{
    (void)usIdentifier;
    printf("ping: %s\n", eStatus == eSuccess ? "answered" : "wrong");
    xTaskNotifyGive(xDemoTask);
}

static void prvUDP(void)
{
    struct freertos_sockaddr xAddress;
    socklen_t xLength = sizeof(xAddress);
    Socket_t xSocket = FreeRTOS_socket(FREERTOS_AF_INET, FREERTOS_SOCK_DGRAM, FREERTOS_IPPROTO_UDP);
    char *pcPayload;
    int32_t lBytes;

    configASSERT(xSocket != FREERTOS_INVALID_SOCKET);
    memset(&xAddress, 0, sizeof(xAddress));
    xAddress.sin_family = FREERTOS_AF_INET;
    xAddress.sin_port = FreeRTOS_htons(7);
    xAddress.sin_address.ulIP_IPv4 = FreeRTOS_inet_addr_quick(10, 0, 2, 2);

    pcPayload = FreeRTOS_GetUDPPayloadBuffer_Multi(6, portMAX_DELAY, ipTYPE_IPv4);
    strcpy(pcPayload, "hello");
    configASSERT(xIsPacketMemory(pcPayload));
    lBytes = FreeRTOS_sendto(xSocket, pcPayload, 6, FREERTOS_ZERO_COPY, &xAddress,
                             sizeof(xAddress));
    configASSERT(lBytes == 6);
    lBytes = FreeRTOS_recvfrom(xSocket, &pcPayload, 0, FREERTOS_ZERO_COPY, &xAddress, &xLength);
    printf("udp: %d bytes, %s, %s\n", (int)lBytes, pcPayload,
           xIsPacketMemory(pcPayload) ? "in the controller's memory" : "copied");
    FreeRTOS_ReleaseUDPPayloadBuffer(pcPayload);
    FreeRTOS_closesocket(xSocket);
}

/* Several questions at once come back together. */
static void prvBurst(void)
{
    struct freertos_sockaddr xAddress = {.sin_family = FREERTOS_AF_INET};
    Socket_t xSocket = FreeRTOS_socket(FREERTOS_AF_INET, FREERTOS_SOCK_DGRAM, FREERTOS_IPPROTO_UDP);
    int i, iReceived = 0;
    char cByte;

    xAddress.sin_port = FreeRTOS_htons(7);
    xAddress.sin_addr = FreeRTOS_inet_addr("10.0.2.2");
    for (i = 0; i < 3; i++) {
        FreeRTOS_sendto(xSocket, "x", 1, 0, &xAddress, sizeof(xAddress));
    }
    while (iReceived < 3 && FreeRTOS_recvfrom(xSocket, &cByte, 1, 0, NULL, NULL) == 1) {
        iReceived++;
    }
    FreeRTOS_closesocket(xSocket);
    printf("burst: %d came back, %s\n", iReceived, uxLongestChain > 1 ? "chained" : "one by one");
}

static void prvEchoServer(void *pvParameters)
{
    Socket_t xListening = (Socket_t)pvParameters;
    Socket_t xConnected = FreeRTOS_accept(xListening, NULL, NULL);
    static uint8_t ucBuffer[1460];
    BaseType_t xReceived;

    configASSERT(xConnected != NULL && xConnected != FREERTOS_INVALID_SOCKET);
    while ((xReceived = FreeRTOS_recv(xConnected, ucBuffer, sizeof(ucBuffer), 0)) > 0) {
        configASSERT(FreeRTOS_send(xConnected, ucBuffer, (size_t)xReceived, 0) == xReceived);
    }
    FreeRTOS_shutdown(xConnected, FREERTOS_SHUT_RDWR);
    FreeRTOS_closesocket(xConnected);
    vTaskDelete(NULL);
}

static void prvTCP(void)
{
    struct freertos_sockaddr xAddress = {.sin_family = FREERTOS_AF_INET};
    Socket_t xListening, xSocket;
    static uint8_t ucSent[20000], ucReceived[sizeof(ucSent)];
    uint8_t ucByte;
    size_t uxSent = 0, uxReceived = 0, x;

    xListening = FreeRTOS_socket(FREERTOS_AF_INET, FREERTOS_SOCK_STREAM, FREERTOS_IPPROTO_TCP);
    xAddress.sin_port = FreeRTOS_htons(4711);
    configASSERT(FreeRTOS_bind(xListening, &xAddress, sizeof(xAddress)) == 0);
    configASSERT(FreeRTOS_listen(xListening, 2) == 0);
    xTaskCreate(prvEchoServer, "Echo", configMINIMAL_STACK_SIZE, xListening, 2, NULL);

    xSocket = FreeRTOS_socket(FREERTOS_AF_INET, FREERTOS_SOCK_STREAM, FREERTOS_IPPROTO_TCP);
    xAddress.sin_address.ulIP_IPv4 = FreeRTOS_gethostbyname("mirror.example");
    configASSERT(FreeRTOS_connect(xSocket, &xAddress, sizeof(xAddress)) == 0);
    for (x = 0; x < sizeof(ucSent); x++) {
        ucSent[x] = (uint8_t)(x * 7 + x / 256);
    }
    while (uxReceived < sizeof(ucSent)) {
        size_t uxNow = sizeof(ucSent) - uxSent < 4096 ? sizeof(ucSent) - uxSent : 4096;
        BaseType_t xResult = uxNow > 0 ? FreeRTOS_send(xSocket, ucSent + uxSent, uxNow, 0) : 0;

        configASSERT(xResult >= 0);
        uxSent += (size_t)xResult;
        xResult = FreeRTOS_recv(xSocket, ucReceived + uxReceived, sizeof(ucSent) - uxReceived, 0);
        configASSERT(xResult > 0);
        uxReceived += (size_t)xResult;
    }
    FreeRTOS_netstat();
    vPrintResourceStats();
    FreeRTOS_shutdown(xSocket, FREERTOS_SHUT_RDWR);
    while (FreeRTOS_recv(xSocket, &ucByte, sizeof(ucByte), 0) > 0) {
    }
    printf("tcp: %u bytes there and back, %s\n", (unsigned)uxReceived,
           memcmp(ucSent, ucReceived, sizeof(ucSent)) == 0 ? "the same" : "others");
    FreeRTOS_closesocket(xSocket);
    FreeRTOS_closesocket(xListening);
}

BaseType_t xApplicationDNSQueryHook_Multi(struct xNetworkEndPoint *pxEndPoint, const char *pcName)
{
    configASSERT(pxEndPoint == &(xEndPoints[0]));
    return strcmp(pcName, "multi.local") == 0 ? pdTRUE : pdFALSE;
}

static void prvOnDNSEvent(const char *pcName, void *pvSearchID, struct freertos_addrinfo *pxAddress)
{
    configASSERT(pvSearchID == (void *)&xDemoTask);
    printf("%s: %s\n", pcName, pxAddress != NULL ? "found" : "not found");
    FreeRTOS_freeaddrinfo(pxAddress);
    xTaskNotifyGive(xDemoTask);
}

static void prvNames(void)
{
    struct freertos_addrinfo xHints = {.ai_family = FREERTOS_AF_INET4}, *pxResult = NULL, *pxMade;
    FOnDNSEvent pCallback = prvOnDNSEvent;
    uint32_t ulAddress;

    configASSERT(FreeRTOS_SetDNSIPPreference(xPreferenceIPv4) == pdPASS);
    configASSERT(FreeRTOS_getaddrinfo("mirror.example", NULL, &xHints, &pxResult) == 0);
    ulAddress = pxResult->ai_addr->sin_address.ulIP_IPv4;
    configASSERT(pxResult->ai_family == FREERTOS_AF_INET4);
    configASSERT(ulAddress == FreeRTOS_dnslookup("mirror.example"));
    pxMade = pxNew_AddrInfo("mirror.example", FREERTOS_AF_INET4, (const uint8_t *)&ulAddress);
    configASSERT(pxMade->ai_addr->sin_address.ulIP_IPv4 == ulAddress);
    pxMade->ai_next = pxResult;
    FreeRTOS_freeaddrinfo(pxMade);
    FreeRTOS_dnsclear();
    configASSERT(FreeRTOS_getaddrinfo_a("mirror.example", NULL, NULL, &pxResult, pCallback,
                                        (void *)&xDemoTask, pdMS_TO_TICKS(1000)) == 0);
    ulTaskNotifyTake(pdTRUE, portMAX_DELAY);
    configASSERT(FreeRTOS_getaddrinfo_a("nobody.local", NULL, NULL, &pxResult, pCallback,
                                        (void *)&xDemoTask, pdMS_TO_TICKS(500)) == 0);
    ulTaskNotifyTake(pdTRUE, portMAX_DELAY);
}

static void prvDemoTask(void *pvParameters)
{
    (void)pvParameters;
    ulTaskNotifyTake(pdTRUE, portMAX_DELAY);
    configASSERT(FreeRTOS_IsNetworkUp());
    configASSERT(xInterfaces[0].pfGetPhyLinkStatus(&(xInterfaces[0])) == pdTRUE);
    FreeRTOS_SendPingRequest(FreeRTOS_inet_addr_quick(10, 0, 2, 2), 32, pdMS_TO_TICKS(100));
    ulTaskNotifyTake(pdTRUE, portMAX_DELAY);
    prvUDP();
    prvBurst();
    prvTCP();
    prvNames();
    network_ping(ucMACAddress, ucIPAddress);
    vTaskDelay(pdMS_TO_TICKS(100));
    printf("pinged: %u answers\n", network_pongs());

    EMAC_SetCable(false);
    ulTaskNotifyTake(pdTRUE, portMAX_DELAY);
    vTaskDelay(pdMS_TO_TICKS(1000));
    configASSERT(!FreeRTOS_IsNetworkUp());
    EMAC_SetCable(true);
    ulTaskNotifyTake(pdTRUE, portMAX_DELAY);
    prvUDP();
    vTaskDelay(pdMS_TO_TICKS(60000)); /* TIME_WAIT is over, everything is released */
    printf("%u of %u buffers are free\n", (unsigned)uxGetNumberOfFreeNetworkBuffers(),
           (unsigned)ipconfigNUM_NETWORK_BUFFER_DESCRIPTORS);
    exit(0);
}

int main(void)
{
    pxEMAC_FillInterfaceDescriptor(0, &(xInterfaces[0]));
    FreeRTOS_FillEndPoint(&(xInterfaces[0]), &(xEndPoints[0]), ucIPAddress, ucNetMask,
                          ucGatewayAddress, ucDNSServerAddress, ucMACAddress);
    xEndPoints[0].bits.bWantDHCP = pdTRUE;
    configASSERT(FreeRTOS_IPInit_Multi() == pdPASS);
    xTaskCreate(prvDemoTask, "Demo", configMINIMAL_STACK_SIZE, NULL, 2, &xDemoTask);
    vTaskStartScheduler();
    return 1;
}
