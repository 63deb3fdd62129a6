/* SPDX-License-Identifier: MIT */
/*
 * The part of the stack that drivers written for FreeRTOS+TCP call, and the layout of the headers
 * that they look at. For drivers; an application needs nothing of it.
 */
#pragma once

#include "FreeRTOS_IP.h"
#include "FreeRTOS_Routing.h"
#include "FreeRTOS_Sockets.h"
#include "IPTraceMacroDefaults.h"
#include "NetworkBufferManagement.h"
#include "tcpip_packet_layout.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum eFrameProcessingResult {
    eReleaseBuffer = 0, /* of no interest: release it */
    eProcessBuffer,     /* for the stack */
    eReturnEthernetFrame,
    eFrameConsumed,
    eWaitingResolution,
} eFrameProcessingResult_t;

typedef enum {
    eNoEvent = -1,
    eNetworkDownEvent, /* pvData: the NetworkInterface_t, NULL for the first */
    eNetworkRxEvent,   /* pvData: a descriptor, the first of a chain with linked messages */
    eNetworkTxEvent,   /* pvData: a descriptor to be sent as it is by its pxInterface */
    eARPTimerEvent,    /* this and those below are not for drivers and are refused */
    eNDTimerEvent,
    eStackTxEvent,
    eDHCPEvent,
    eTCPTimerEvent,
    eTCPAcceptEvent,
    eTCPNetStat,
    eSocketBindEvent,
    eSocketCloseEvent,
    eSocketSelectEvent,
    eSocketSignalEvent,
    eSocketSetDeleteEvent,
} eIPEvent_t;

typedef struct IP_TASK_COMMANDS {
    eIPEvent_t eEventType;
    void *pvData;
} IPStackEvent_t;

/* Hands an event to the stack. There is no queue that could be full, so nothing waits. pdFAIL: the
 * stack does not run, the event is none of the first four, or the descriptor is not a taken one;
 * then the caller still owns the descriptors. Frames that do not fit their buffer or belong to no
 * interface are released and counted. From a task. */
BaseType_t xSendEventStructToIPTask(const IPStackEvent_t *event, TickType_t ticks_to_wait);

/* The same without data. */
BaseType_t xSendEventToIPTask(eIPEvent_t event);

/* The device of `interface` has no network any more: its end-points go down, and the driver is
 * initialised anew. NULL, or no argument with ipconfigIPv4_BACKWARD_COMPATIBLE, means the first
 * interface. The second from an interrupt: pdTRUE when a switch is due. */
void(FreeRTOS_NetworkDown)(struct xNetworkInterface *interface);
BaseType_t(FreeRTOS_NetworkDownFromISR)(struct xNetworkInterface *interface);
#if ipconfigIPv4_BACKWARD_COMPATIBLE
#define FreeRTOS_NetworkDown(...)                                                                  \
    (FreeRTOS_NetworkDown)((struct xNetworkInterface *)(__VA_ARGS__ + 0))
#define FreeRTOS_NetworkDownFromISR(...)                                                           \
    (FreeRTOS_NetworkDownFromISR)((struct xNetworkInterface *)(__VA_ARGS__ + 0))
#endif

/* Whether a received frame is of interest: eProcessBuffer or eReleaseBuffer. Looks at destination
 * and type. Task or interrupt. */
eFrameProcessingResult_t eConsiderFrameForProcessing(const uint8_t *const ethernet_buffer);

#if ipconfigETHERNET_DRIVER_FILTERS_FRAME_TYPES
#define ipCONSIDER_FRAME_FOR_PROCESSING(ethernet_buffer) eProcessBuffer
#else
#define ipCONSIDER_FRAME_FOR_PROCESSING(ethernet_buffer)                                           \
    eConsiderFrameForProcessing(ethernet_buffer)
#endif

/* Supplied by the application with ipconfigPROCESS_CUSTOM_ETHERNET_FRAMES: judges a received frame
 * that is neither ARP nor IP. eReleaseBuffer, eProcessBuffer: it is released; eReturnEthernetFrame:
 * it is sent back; eFrameConsumed: the application owns the descriptor. In the stack's task. */
eFrameProcessingResult_t eApplicationProcessCustomFrameHook(NetworkBufferDescriptor_t *const frame);

/* Sends a frame back to where it came from. With pdFALSE a copy is sent, and the descriptor stays
 * the caller's. */
void vReturnEthernetFrame(NetworkBufferDescriptor_t *descriptor, BaseType_t release_after_send);

/* The descriptor of a buffer, given the place of the buffer's first byte. NULL: it has none. */
NetworkBufferDescriptor_t *pxPacketBuffer_to_NetworkBuffer(const void *buffer);

/* The sum, folded to 16 bits and in host order, of `count` bytes taken as big-endian words, and of
 * `sum`. A checksum is its complement. */
uint16_t usGenerateChecksum(uint16_t sum, const uint8_t *bytes, size_t count);

#define ipCORRECT_CRC        0xffffU
#define ipWRONG_CRC          0x0000U
#define ipINVALID_LENGTH     0x1234U
#define ipUNHANDLED_PROTOCOL 0x4321U

/* Puts the checksum of TCP, UDP, ICMP, ICMPv6 or IGMP into an outgoing frame, or looks whether that
 * of an incoming one is right: ipCORRECT_CRC, ipWRONG_CRC, ipINVALID_LENGTH when a length field
 * goes beyond the buffer, ipUNHANDLED_PROTOCOL also for fragments. */
uint16_t usGenerateProtocolChecksum(uint8_t *ethernet_buffer, size_t length, BaseType_t outgoing);

/* Whether the caller is the stack's task, and whether that runs. */
BaseType_t xIsCallingFromIPTask(void);
BaseType_t xIPIsNetworkTaskReady(void);

#ifdef __cplusplus
}
#endif
