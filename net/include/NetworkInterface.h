/* SPDX-License-Identifier: MIT */
/*
 * What drivers written for FreeRTOS+TCP provide.
 *
 * A driver of several interfaces fills a NetworkInterface_t with its functions and adds it with
 * FreeRTOS_AddNetworkInterface (FreeRTOS_Routing.h); the application calls the driver's own
 * px…_FillInterfaceDescriptor before FreeRTOS_IPInit_Multi. With ipconfigIPv4_BACKWARD_COMPATIBLE
 * FreeRTOS_IPInit does it: by pxFillInterfaceDescriptor where the driver has one, else by the two
 * functions below, which a driver of a single interface has.
 *
 * Initialising and output are called from the stack's task. The first is called again every three
 * seconds until it returns pdPASS, and anew after FreeRTOS_NetworkDown. Such drivers have no
 * function that stops them: after tcpip_stop what they still hold is lost to the pool.
 */
#pragma once

#include "FreeRTOS_Routing.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Fills `interface` for the EMAC of this number and adds it; returns it. */
struct xNetworkInterface *pxFillInterfaceDescriptor(BaseType_t emac_index,
                                                    struct xNetworkInterface *interface);

#if ipconfigIPv4_BACKWARD_COMPATIBLE

/* Starts the device. pdPASS: it can send and receive. */
BaseType_t xNetworkInterfaceInitialise(void);

/* Sends pucEthernetBuffer … + xDataLength. The driver owns the descriptor and releases it when it
 * is sent, also when it returns pdFALSE. */
BaseType_t xNetworkInterfaceOutput(NetworkBufferDescriptor_t *const descriptor,
                                   BaseType_t release_after_send);

/* pdTRUE while there is a link. Called by applications only. */
BaseType_t xGetPhyLinkStatus(void);

/* As the function below, of buffers of ipTOTAL_ETHERNET_FRAME_SIZE + ipBUFFER_PADDING bytes. */
void vNetworkInterfaceAllocateRAMToBuffers(
    NetworkBufferDescriptor_t descriptors[ipconfigNUM_NETWORK_BUFFER_DESCRIPTORS]);

#else

BaseType_t xGetPhyLinkStatus(struct xNetworkInterface *interface);

#endif

/* Optional: gives every descriptor a pucEthernetBuffer, ipBUFFER_PADDING bytes behind the start of
 * memory that the device reaches and that stays. Returns the bytes that each buffer has from
 * pucEthernetBuffer on, ipTOTAL_ETHERNET_FRAME_SIZE at least. Without it the pool lies in ordinary
 * memory. */
size_t uxNetworkInterfaceAllocateRAMToBuffers(
    NetworkBufferDescriptor_t descriptors[ipconfigNUM_NETWORK_BUFFER_DESCRIPTORS]);

/* The first byte of a group address is odd. */
#define MAC_IS_MULTICAST(bytes) ((((const uint8_t *)(bytes))[0] & 1U) != 0U)
#define MAC_IS_UNICAST(bytes)   ((((const uint8_t *)(bytes))[0] & 1U) == 0U)

#ifdef __cplusplus
}
#endif
