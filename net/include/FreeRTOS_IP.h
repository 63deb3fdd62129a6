/* SPDX-License-Identifier: MIT */
/*
 * The stack as a whole: starting it, its configuration, its hooks, and byte order.
 *
 * Start: tcpip_add_interface (tcpip.h) for each network device, then either FreeRTOS_FillEndPoint
 * for each address and FreeRTOS_IPInit_Multi, or FreeRTOS_IPInit alone. IPv4 addresses are numbers
 * in network order.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "FreeRTOS.h"
#include "list.h"
#include "task.h"

#include "FreeRTOSIPConfigDefaults.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Sizes in bytes. A frame's buffer has room for the check sequence and a VLAN tag as well. */
#define ipMAC_ADDRESS_LENGTH_BYTES              6
#define ipIP_ADDRESS_LENGTH_BYTES               4
#define ipSIZE_OF_IPv4_ADDRESS                  4U
#define ipSIZE_OF_IPv6_ADDRESS                  16
#define ipSIZE_OF_ETH_HEADER                    14U
#define ipSIZE_OF_ETH_CRC_BYTES                 4U
#define ipSIZE_OF_ETH_OPTIONAL_802_1Q_TAG_BYTES 4U
#define ipSIZE_OF_IPv4_HEADER                   20U
#define ipSIZE_OF_IPv6_HEADER                   40U
#define ipSIZE_OF_ICMP_HEADER                   8U
#define ipSIZE_OF_ICMPv4_HEADER                 8U
#define ipSIZE_OF_IGMP_HEADER                   8U
#define ipSIZE_OF_UDP_HEADER                    8U
#define ipSIZE_OF_TCP_HEADER                    20U
#define ipTOTAL_ETHERNET_FRAME_SIZE                                                                \
    ((size_t)ipconfigNETWORK_MTU + ipSIZE_OF_ETH_HEADER + ipSIZE_OF_ETH_CRC_BYTES +                \
     ipSIZE_OF_ETH_OPTIONAL_802_1Q_TAG_BYTES)

#define ipPROTOCOL_ICMP      1
#define ipPROTOCOL_IGMP      2
#define ipPROTOCOL_TCP       6
#define ipPROTOCOL_UDP       17
#define ipPROTOCOL_ICMP_IPv6 58
#define ipTYPE_IPv4          0x40U
#define ipTYPE_IPv6          0x60U

#define ipTRUE_BOOL          (1 == 1)
#define ipFALSE_BOOL         (1 == 2)

typedef struct xMAC_ADDRESS {
    uint8_t ucBytes[ipMAC_ADDRESS_LENGTH_BYTES];
} MACAddress_t;

typedef struct xIPv6_Address {
    uint8_t ucBytes[ipSIZE_OF_IPv6_ADDRESS];
} IPv6_Address_t;

typedef union IP_Address {
    uint32_t ulIP_IPv4;
    IPv6_Address_t xIP_IPv6;
} IP_Address_t;

struct xNetworkEndPoint;
struct xNetworkInterface;

/* A frame on its way to or from a driver written for FreeRTOS+TCP: NetworkBufferManagement.h. */
typedef struct xNETWORK_BUFFER {
    ListItem_t xBufferListItem; /* its holder's */
    union {
        IP_Address_t xIPAddress; /* its holder's, as are the ports */
        uint32_t ulIPAddress;
    };
    uint8_t *pucEthernetBuffer; /* the frame's first byte */
    size_t xDataLength;         /* its bytes, without the check sequence */
    struct xNetworkInterface *pxInterface;
    struct xNetworkEndPoint *pxEndPoint;
    uint16_t usPort;
    uint16_t usBoundPort;
    struct xNETWORK_BUFFER *pxNextBuffer; /* of a chain, with ipconfigUSE_LINKED_RX_MESSAGES */
} NetworkBufferDescriptor_t;

typedef enum eIP_CALLBACK_EVENT { eNetworkUp, eNetworkDown } eIPCallbackEvent_t;

typedef enum ePING_REPLY_STATUS {
    eSuccess = 0,     /* the answer bears what was sent */
    eInvalidChecksum, /* never told: such answers are dropped and counted */
    eInvalidData,     /* the answer bears something else */
} ePingReplyStatus_t;

#define ipBYTE_SWAP_16(value)                                                                      \
    ((uint16_t)((uint16_t)(value) % 0x100U * 0x100U + (uint16_t)(value) / 0x100U))
#define ipBYTE_SWAP_32(value)                                                                      \
    ((uint32_t)(value) << 24 | ((uint32_t)(value)&0xff00U) << 8 |                                  \
     ((uint32_t)(value) >> 8 & 0xff00U) | (uint32_t)(value) >> 24)

#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
#define FreeRTOS_htons(value) ((uint16_t)(value))
#define FreeRTOS_htonl(value) ((uint32_t)(value))
#else
#define FreeRTOS_htons(value) ipBYTE_SWAP_16(value)
#define FreeRTOS_htonl(value) ipBYTE_SWAP_32(value)
#endif
#define FreeRTOS_ntohs(value) FreeRTOS_htons(value)
#define FreeRTOS_ntohl(value) FreeRTOS_htonl(value)

/* Milliseconds in ticks, at least 1. */
#ifndef pdMS_TO_MIN_TICKS
#define pdMS_TO_MIN_TICKS(ms)                                                                      \
    (pdMS_TO_TICKS(ms) < (TickType_t)1 ? (TickType_t)1 : pdMS_TO_TICKS(ms))
#endif
#define ipMS_TO_MIN_TICKS(ms) pdMS_TO_MIN_TICKS(ms)

/* Starts the stack with the interfaces and end-points added before. Once; before or after the
 * scheduler. pdPASS, or pdFAIL: no interface, or it runs already. */
BaseType_t FreeRTOS_IPInit_Multi(void);

/* The same with one end-point on the first interface. With DHCP the addresses are what is used
 * when the application's hook stops it. Each array has 4 bytes, `mac` 6; NULL leaves the device's.
 */
BaseType_t FreeRTOS_IPInit(const uint8_t address[4], const uint8_t mask[4],
                           const uint8_t gateway[4], const uint8_t dns[4], const uint8_t mac[6]);

/* Supplied by a driver, for FreeRTOS_IPInit: NetworkInterface.h. */
struct xNetworkInterface *pxFillInterfaceDescriptor(BaseType_t emac_index,
                                                    struct xNetworkInterface *interface);

/* The configuration of the first end-point. Any pointer may be NULL. */
void FreeRTOS_GetAddressConfiguration(uint32_t *address, uint32_t *mask, uint32_t *gateway,
                                      uint32_t *dns);
void FreeRTOS_SetAddressConfiguration(const uint32_t *address, const uint32_t *mask,
                                      const uint32_t *gateway, const uint32_t *dns);

/* The configuration of an end-point. Set waits for the stack's task. */
void FreeRTOS_GetEndPointConfiguration(uint32_t *address, uint32_t *mask, uint32_t *gateway,
                                       uint32_t *dns, const struct xNetworkEndPoint *end_point);
void FreeRTOS_SetEndPointConfiguration(const uint32_t *address, const uint32_t *mask,
                                       const uint32_t *gateway, const uint32_t *dns,
                                       struct xNetworkEndPoint *end_point);

TaskHandle_t FreeRTOS_GetIPTaskHandle(void);

/* pdTRUE when every end-point, or one, or all of one interface, is up. */
BaseType_t FreeRTOS_IsNetworkUp(void);
BaseType_t FreeRTOS_IsEndPointUp(const struct xNetworkEndPoint *end_point);
BaseType_t FreeRTOS_AllEndPointsUp(const struct xNetworkInterface *interface);

/* pdTRUE from FreeRTOS_NetworkDown of a driver until the stack has taken note of it. */
BaseType_t xIsNetworkDownEventPending(void);

const uint8_t *FreeRTOS_GetMACAddress(void);
void FreeRTOS_UpdateMACAddress(const uint8_t mac[ipMAC_ADDRESS_LENGTH_BYTES]);

/* Room for a datagram to be sent with FREERTOS_ZERO_COPY; waits up to `ticks_to_wait`, and not longer
 * than ipconfigUDP_MAX_SEND_BLOCK_TIME_TICKS. NULL: none, or more than fits into one frame. */
void *FreeRTOS_GetUDPPayloadBuffer(size_t size, TickType_t ticks_to_wait);
void *FreeRTOS_GetUDPPayloadBuffer_Multi(size_t size, TickType_t ticks_to_wait, uint8_t ip_type);
void FreeRTOS_ReleaseUDPPayloadBuffer(void const *buffer);

/* Sends an echo request; the answer comes to vApplicationPingReplyHook with the number that this
 * returns. pdFAIL: not sent. */
BaseType_t FreeRTOS_SendPingRequest(uint32_t address, size_t size, TickType_t ticks_to_wait);

/* The description of an error number of this API, in `buffer`. */
const char *FreeRTOS_strerror_r(BaseType_t error, char *buffer, size_t size);

const char *FreeRTOS_GetTCPStateName(UBaseType_t state);

/* With ipconfigCHECK_IP_QUEUE_SPACE: ipconfigEVENT_QUEUE_LENGTH less the most frames and requests
 * that ever waited for the stack's task; 0 when they were more. Without: the length. */
UBaseType_t uxGetMinimumIPQueueSpace(void);

/* Prints with FreeRTOS_printf how many buffers, how much of the heap and how much of the event queue
 * are free and were free at least. */
void vPrintResourceStats(void);

/* Arithmetic. add and multiply stop at the ends of the type's range. */
int32_t FreeRTOS_max_int32(int32_t a, int32_t b);
uint32_t FreeRTOS_max_uint32(uint32_t a, uint32_t b);
size_t FreeRTOS_max_size_t(size_t a, size_t b);
int32_t FreeRTOS_min_int32(int32_t a, int32_t b);
uint32_t FreeRTOS_min_uint32(uint32_t a, uint32_t b);
size_t FreeRTOS_min_size_t(size_t a, size_t b);
int32_t FreeRTOS_add_int32(int32_t a, int32_t b);
int32_t FreeRTOS_multiply_int32(int32_t a, int32_t b);
uint32_t FreeRTOS_round_up(uint32_t value, uint32_t multiple);
uint32_t FreeRTOS_round_down(uint32_t value, uint32_t multiple);

/* Hooks: the application's. All but the last two are called from the stack's task and must not
 * wait for the stack. Weak definitions stand in for those that it does not have. */
void vApplicationIPNetworkEventHook(eIPCallbackEvent_t event);
void vApplicationIPNetworkEventHook_Multi(eIPCallbackEvent_t event,
                                          struct xNetworkEndPoint *end_point);
void vApplicationPingReplyHook(ePingReplyStatus_t status, uint16_t identifier);
const char *pcApplicationHostnameHook(void);

/* An unpredictable number. pdFALSE: the source failed. Default: by tcpip_set_entropy. */
BaseType_t xApplicationGetRandomNumber(uint32_t *number);

/* Declared for applications that define it. The stack draws initial sequence numbers itself (RFC
 * 6528, keyed by xApplicationGetRandomNumber) and does not call it. */
uint32_t ulApplicationGetNextSequenceNumber(uint32_t source_address, uint16_t source_port,
                                            uint32_t destination_address,
                                            uint16_t destination_port);

#ifdef __cplusplus
}
#endif

#include "tcpip_single.h"
