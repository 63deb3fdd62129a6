/* SPDX-License-Identifier: MIT */
/* A driver of the generation with several interfaces: no copying either way, chained messages. */
#include "FreeRTOS.h"
#include "task.h"

#include "FreeRTOS_IP.h"
#include "FreeRTOS_IP_Private.h"
#include "FreeRTOS_Routing.h"
#include "NetworkBufferManagement.h"
#include "NetworkInterface.h"

#include <string.h>

#include "driver.h"
#include "emac.h"

#define niEMAC_TASK_PRIORITY (configMAX_PRIORITIES - 1)
#define niBUFFER_SIZE        ((ipTOTAL_ETHERNET_FRAME_SIZE + ipBUFFER_PADDING + 7U) & ~7U)

static NetworkInterface_t *pxMyInterface;
static TaskHandle_t xEMACTaskHandle;
static UBaseType_t uxRxIndex, uxTxIndex, uxTxDone;
static NetworkBufferDescriptor_t *pxTxDescriptors[EMAC_TX_DESCRIPTORS];

/* Memory that the controller reaches. */
static uint8_t ucNetworkPackets[ipconfigNUM_NETWORK_BUFFER_DESCRIPTORS][niBUFFER_SIZE]
    __attribute__((aligned(32)));

volatile UBaseType_t uxChains, uxLongestChain;

size_t uxNetworkInterfaceAllocateRAMToBuffers(
    NetworkBufferDescriptor_t pxNetworkBuffers[ipconfigNUM_NETWORK_BUFFER_DESCRIPTORS])
{
    size_t x;

    for (x = 0; x < ipconfigNUM_NETWORK_BUFFER_DESCRIPTORS; x++) {
        pxNetworkBuffers[x].pucEthernetBuffer = &(ucNetworkPackets[x][ipBUFFER_PADDING]);
        *((NetworkBufferDescriptor_t **)&(ucNetworkPackets[x][0])) = &(pxNetworkBuffers[x]);
    }
    return niBUFFER_SIZE - ipBUFFER_PADDING;
}

BaseType_t xIsPacketMemory(const void *pvPlace)
{
    return (const uint8_t *)pvPlace >= &(ucNetworkPackets[0][0]) &&
           (const uint8_t *)pvPlace < &(ucNetworkPackets[0][0]) + sizeof(ucNetworkPackets);
}

static void prvEMACInterrupt(void)
{
    BaseType_t xHigherPriorityTaskWoken = pdFALSE;

    if (xEMACTaskHandle != NULL) {
        vTaskNotifyGiveFromISR(xEMACTaskHandle, &xHigherPriorityTaskWoken);
        portYIELD_FROM_ISR(xHigherPriorityTaskWoken);
    }
}

static void prvReleaseSentBuffers(void)
{
    while (uxTxDone != uxTxIndex &&
           (EMAC.xTx[uxTxDone % EMAC_TX_DESCRIPTORS].ulStatus & EMAC_OWNED) == 0) {
        vReleaseNetworkBufferAndDescriptor(pxTxDescriptors[uxTxDone % EMAC_TX_DESCRIPTORS]);
        uxTxDone++;
    }
}

/* The descriptor of a frame that has arrived; in its place the ring gets a new buffer. */
static NetworkBufferDescriptor_t *prvTakeFrame(EMAC_Descriptor_t *pxRx)
{
    NetworkBufferDescriptor_t *pxDescriptor = pxPacketBuffer_to_NetworkBuffer(pxRx->pucBuffer);
    NetworkBufferDescriptor_t *pxNew;

    configASSERT(pxDescriptor != NULL);
    pxNew = pxGetNetworkBufferWithDescriptor(ipTOTAL_ETHERNET_FRAME_SIZE, 0);
    if (pxNew == NULL) {
        iptraceETHERNET_RX_EVENT_LOST();
        return NULL;
    }
    pxDescriptor->xDataLength = pxRx->ulStatus & EMAC_LENGTH;
    pxRx->pucBuffer = pxNew->pucEthernetBuffer;
    pxDescriptor->pxInterface = pxMyInterface;
    pxDescriptor->pxEndPoint = FreeRTOS_MatchingEndpoint(pxMyInterface,
                                                         pxDescriptor->pucEthernetBuffer);
    if (eConsiderFrameForProcessing(pxDescriptor->pucEthernetBuffer) != eProcessBuffer ||
        pxDescriptor->pxEndPoint == NULL) {
        vReleaseNetworkBufferAndDescriptor(pxDescriptor);
        return NULL;
    }
    iptraceNETWORK_INTERFACE_RECEIVE();
    return pxDescriptor;
}

static void prvSendChain(NetworkBufferDescriptor_t *pxFirst, UBaseType_t uxCount)
{
    IPStackEvent_t xRxEvent = {eNetworkRxEvent, NULL};

    xRxEvent.pvData = (void *)pxFirst;
    uxChains++;
    uxLongestChain = uxCount > uxLongestChain ? uxCount : uxLongestChain;
    if (xSendEventStructToIPTask(&xRxEvent, (TickType_t)0) != pdPASS) {
        while (pxFirst != NULL) {
            NetworkBufferDescriptor_t *pxNext = pxFirst->pxNextBuffer;

            vReleaseNetworkBufferAndDescriptor(pxFirst);
            iptraceETHERNET_RX_EVENT_LOST();
            pxFirst = pxNext;
        }
    }
}

static void prvReceiveFrames(void)
{
    NetworkBufferDescriptor_t *pxFirst = NULL, *pxLast = NULL;
    UBaseType_t uxCount = 0;

    while ((EMAC.xRx[uxRxIndex].ulStatus & EMAC_OWNED) == 0) {
        NetworkBufferDescriptor_t *pxDescriptor = prvTakeFrame(&(EMAC.xRx[uxRxIndex]));

        EMAC.xRx[uxRxIndex].ulStatus = EMAC_OWNED;
        uxRxIndex = (uxRxIndex + 1) % EMAC_RX_DESCRIPTORS;
        if (pxDescriptor == NULL) {
            continue;
        }
        if (pxFirst == NULL) {
            pxFirst = pxDescriptor;
        } else {
            pxLast->pxNextBuffer = pxDescriptor;
        }
        pxLast = pxDescriptor;
        uxCount++;
    }
    if (pxFirst != NULL) {
        prvSendChain(pxFirst, uxCount);
    }
}

static void prvEMACHandlerTask(void *pvParameters)
{
    (void)pvParameters;
    for (;;) {
        uint32_t ulStatus;

        ulTaskNotifyTake(pdTRUE, portMAX_DELAY);
        vTaskDelay(1); /* frames that follow closely are taken together */
        taskENTER_CRITICAL();
        ulStatus = EMAC.ulInterruptStatus;
        EMAC.ulInterruptStatus = 0;
        taskEXIT_CRITICAL();
        prvReleaseSentBuffers();
        prvReceiveFrames();
#if (ipconfigSUPPORT_NETWORK_DOWN_EVENT == 0) /* else the stack asks for the link itself */
        if ((ulStatus & EMAC_IRQ_LINK) != 0 && !EMAC_PHYLink()) {
            pxMyInterface->bits.bInterfaceUp = pdFALSE_UNSIGNED;
            FreeRTOS_NetworkDown(pxMyInterface);
        }
#else
        (void)ulStatus;
#endif
    }
}

static BaseType_t xEMAC_NetworkInterfaceInitialise(NetworkInterface_t *pxInterface)
{
    NetworkEndPoint_t *pxEndPoint = FreeRTOS_FirstEndPoint(pxInterface);
    UBaseType_t x;

    if (xEMACTaskHandle == NULL) {
        for (x = 0; x < EMAC_RX_DESCRIPTORS; x++) {
            NetworkBufferDescriptor_t *pxDescriptor = pxGetNetworkBufferWithDescriptor(
                ipTOTAL_ETHERNET_FRAME_SIZE, pdMS_TO_TICKS(100));

            configASSERT(pxDescriptor != NULL);
            EMAC.xRx[x].pucBuffer = pxDescriptor->pucEthernetBuffer;
            EMAC.xRx[x].ulStatus = EMAC_OWNED;
        }
        EMAC_Enable(pxEndPoint->xMACAddress.ucBytes, prvEMACInterrupt);
        xTaskCreate(prvEMACHandlerTask, "EMAC", configMINIMAL_STACK_SIZE, NULL,
                    niEMAC_TASK_PRIORITY, &xEMACTaskHandle);
    }
    return EMAC_PHYLink() ? pdPASS : pdFAIL;
}

static BaseType_t xEMAC_NetworkInterfaceOutput(NetworkInterface_t *pxInterface,
                                               NetworkBufferDescriptor_t *const pxBuffer,
                                               BaseType_t xReleaseAfterSend)
{
    EMAC_Descriptor_t *pxTx = &(EMAC.xTx[uxTxIndex % EMAC_TX_DESCRIPTORS]);
    NetworkBufferDescriptor_t *pxDescriptor = pxBuffer;

    (void)pxInterface;
    configASSERT(xIsPacketMemory(pxBuffer->pucEthernetBuffer));
    if (xReleaseAfterSend == pdFALSE) {
        pxDescriptor = pxDuplicateNetworkBufferWithDescriptor(pxBuffer, pxBuffer->xDataLength);
    }
    if (pxDescriptor == NULL) {
        return pdFAIL;
    }
    if (uxTxIndex - uxTxDone >= EMAC_TX_DESCRIPTORS) {
        iptraceWAITING_FOR_TX_DMA_DESCRIPTOR();
        vReleaseNetworkBufferAndDescriptor(pxDescriptor);
        return pdFAIL;
    }
    pxTxDescriptors[uxTxIndex % EMAC_TX_DESCRIPTORS] = pxDescriptor;
    pxTx->pucBuffer = pxDescriptor->pucEthernetBuffer;
    pxTx->ulStatus = EMAC_OWNED | (uint32_t)pxDescriptor->xDataLength;
    uxTxIndex++;
    EMAC_KickTx();
    iptraceNETWORK_INTERFACE_TRANSMIT();
    return pdPASS;
}

static BaseType_t xEMAC_GetPhyLinkStatus(NetworkInterface_t *pxInterface)
{
    (void)pxInterface;
    return EMAC_PHYLink() ? pdTRUE : pdFALSE;
}

static void vEMAC_AddAllowedMAC(NetworkInterface_t *pxInterface, const uint8_t *pucMacAddress)
{
    (void)pxInterface;
    configASSERT(MAC_IS_MULTICAST(pucMacAddress));
    EMAC.ulGroupsAllowed++;
}

static void vEMAC_RemoveAllowedMAC(NetworkInterface_t *pxInterface, const uint8_t *pucMacAddress)
{
    (void)pxInterface;
    configASSERT(!MAC_IS_UNICAST(pucMacAddress));
    EMAC.ulGroupsAllowed--;
}

NetworkInterface_t *pxEMAC_FillInterfaceDescriptor(BaseType_t xEMACIndex,
                                                   NetworkInterface_t *pxInterface)
{
    pxMyInterface = pxInterface;
    memset(pxInterface, '\0', sizeof(*pxInterface));
    pxInterface->pcName = "eth0";
    pxInterface->pvArgument = (void *)xEMACIndex;
    pxInterface->pfInitialise = xEMAC_NetworkInterfaceInitialise;
    pxInterface->pfOutput = xEMAC_NetworkInterfaceOutput;
    pxInterface->pfGetPhyLinkStatus = xEMAC_GetPhyLinkStatus;
    pxInterface->pfAddAllowedMAC = vEMAC_AddAllowedMAC;
    pxInterface->pfRemoveAllowedMAC = vEMAC_RemoveAllowedMAC;
    FreeRTOS_AddNetworkInterface(pxInterface);
    return pxInterface;
}
