/* SPDX-License-Identifier: MIT */
/* A simple driver of a single interface: frames are copied from and to the controller's memory. */
#include "FreeRTOS.h"
#include "list.h"
#include "semphr.h"
#include "task.h"

#include "FreeRTOS_IP.h"
#include "FreeRTOS_IP_Private.h"
#include "FreeRTOS_Sockets.h"
#include "NetworkBufferManagement.h"
#include "NetworkInterface.h"

#include <string.h>

#include "emac.h"

static uint8_t ucRxBuffers[EMAC_RX_DESCRIPTORS][1536], ucTxBuffers[EMAC_TX_DESCRIPTORS][1536];
static SemaphoreHandle_t xRxSemaphore;
static BaseType_t xTxNext;

static void prvEMACInterrupt(void)
{
    BaseType_t xHigherPriorityTaskWoken = pdFALSE;
    uint32_t ulStatus = EMAC.ulInterruptStatus;

    EMAC.ulInterruptStatus = 0;
    if ((ulStatus & EMAC_IRQ_RX) != 0) {
        xSemaphoreGiveFromISR(xRxSemaphore, &xHigherPriorityTaskWoken);
    }
    if ((ulStatus & EMAC_IRQ_LINK) != 0 && !EMAC_PHYLink()) {
        if (FreeRTOS_NetworkDownFromISR() != pdFALSE) {
            xHigherPriorityTaskWoken = pdTRUE;
        }
    }
    portYIELD_FROM_ISR(xHigherPriorityTaskWoken);
}

static void prvHandleFrame(const uint8_t *pucFrame, size_t xLength)
{
    NetworkBufferDescriptor_t *pxBufferDescriptor = pxGetNetworkBufferWithDescriptor(xLength, 0);
    IPStackEvent_t xRxEvent;

    if (pxBufferDescriptor == NULL) {
        iptraceETHERNET_RX_EVENT_LOST();
        return;
    }
    memcpy(pxBufferDescriptor->pucEthernetBuffer, pucFrame, xLength);
    pxBufferDescriptor->xDataLength = xLength;
    if (eConsiderFrameForProcessing(pxBufferDescriptor->pucEthernetBuffer) == eProcessBuffer &&
        (usGenerateProtocolChecksum(pxBufferDescriptor->pucEthernetBuffer, xLength, pdFALSE) ==
             ipCORRECT_CRC ||
         ((ProtocolPacket_t *)pxBufferDescriptor->pucEthernetBuffer)
                 ->xARPPacket.xEthernetHeader.usFrameType == ipARP_FRAME_TYPE)) {
        xRxEvent.eEventType = eNetworkRxEvent;
        xRxEvent.pvData = (void *)pxBufferDescriptor;
        if (xSendEventStructToIPTask(&xRxEvent, 0) == pdFALSE) {
            vReleaseNetworkBufferAndDescriptor(pxBufferDescriptor);
            iptraceETHERNET_RX_EVENT_LOST();
        } else {
            iptraceNETWORK_INTERFACE_RECEIVE();
        }
    } else {
        vReleaseNetworkBufferAndDescriptor(pxBufferDescriptor);
    }
}

static void prvEMACDeferredInterruptHandlerTask(void *pvParameters)
{
    BaseType_t xNext = 0;

    (void)pvParameters;
    for (;;) {
        xSemaphoreTake(xRxSemaphore, portMAX_DELAY);
        while ((EMAC.xRx[xNext].ulStatus & EMAC_OWNED) == 0) {
            prvHandleFrame(EMAC.xRx[xNext].pucBuffer, EMAC.xRx[xNext].ulStatus & EMAC_LENGTH);
            EMAC.xRx[xNext].ulStatus = EMAC_OWNED;
            xNext = (xNext + 1) % EMAC_RX_DESCRIPTORS;
        }
    }
}

BaseType_t xNetworkInterfaceInitialise(void)
{
    BaseType_t x;

    if (xRxSemaphore == NULL) {
        xRxSemaphore = xSemaphoreCreateBinary();
        for (x = 0; x < EMAC_RX_DESCRIPTORS; x++) {
            EMAC.xRx[x].pucBuffer = ucRxBuffers[x];
            EMAC.xRx[x].ulStatus = EMAC_OWNED;
        }
        for (x = 0; x < EMAC_TX_DESCRIPTORS; x++) {
            EMAC.xTx[x].pucBuffer = ucTxBuffers[x];
        }
        EMAC_Enable(FreeRTOS_GetMACAddress(), prvEMACInterrupt);
        xTaskCreate(prvEMACDeferredInterruptHandlerTask, "EMAC", configMINIMAL_STACK_SIZE, NULL,
                    configMAX_PRIORITIES - 1, NULL);
    }
    return xGetPhyLinkStatus() != pdFALSE ? pdPASS : pdFAIL;
}

BaseType_t xNetworkInterfaceOutput(NetworkBufferDescriptor_t *const pxNetworkBuffer,
                                   BaseType_t xReleaseAfterSend)
{
    EMAC_Descriptor_t *pxTx = &(EMAC.xTx[xTxNext]);
    BaseType_t xReturn = pdFALSE;

    if ((pxTx->ulStatus & EMAC_OWNED) == 0) {
        configASSERT(pxNetworkBuffer->xDataLength >= ipconfigETHERNET_MINIMUM_PACKET_BYTES);
        memcpy(pxTx->pucBuffer, pxNetworkBuffer->pucEthernetBuffer, pxNetworkBuffer->xDataLength);
        pxTx->ulStatus = EMAC_OWNED | (uint32_t)pxNetworkBuffer->xDataLength;
        xTxNext = (xTxNext + 1) % EMAC_TX_DESCRIPTORS;
        EMAC_KickTx();
        iptraceNETWORK_INTERFACE_TRANSMIT();
        xReturn = pdTRUE;
    }
    if (xReleaseAfterSend != pdFALSE) {
        vReleaseNetworkBufferAndDescriptor(pxNetworkBuffer);
    }
    return xReturn;
}

BaseType_t xGetPhyLinkStatus(void)
{
    return EMAC_PHYLink() ? pdTRUE : pdFALSE;
}
