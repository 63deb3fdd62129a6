/* SPDX-License-Identifier: MIT */
/*
 * The generation of the API that had a single interface, with ipconfigIPv4_BACKWARD_COMPATIBLE.
 * Included by FreeRTOS_IP.h.
 */
#pragma once

#include "FreeRTOS_IP.h"

#if ipconfigIPv4_BACKWARD_COMPATIBLE

#ifdef __cplusplus
extern "C" {
#endif

/* The configuration of the first end-point, in network order. Setting waits for the stack's task. */
uint32_t FreeRTOS_GetIPAddress(void);
uint32_t FreeRTOS_GetNetmask(void);
uint32_t FreeRTOS_GetGatewayAddress(void);
uint32_t FreeRTOS_GetDNSServerAddress(void);
void FreeRTOS_SetIPAddress(uint32_t address);
void FreeRTOS_SetNetmask(uint32_t mask);
void FreeRTOS_SetGatewayAddress(uint32_t gateway);

/* As in FreeRTOS_ARP.h, which had them here; FreeRTOS_ClearARP takes no argument, or that one. */
void FreeRTOS_OutputARPRequest(uint32_t address);
void FreeRTOS_PrintARPCache(void);
void(FreeRTOS_ClearARP)(const struct xNetworkEndPoint *end_point);
#define FreeRTOS_ClearARP(...)                                                                     \
    (FreeRTOS_ClearARP)((const struct xNetworkEndPoint *)(__VA_ARGS__ + 0))

/* Kinds of addresses. */
typedef enum eNETWORK_ADDRESS_TYPE {
    eNetWorkAddressTypeIPV4,
    eNetWorkAddressTypeIPV6,
    eNetWorkAddressTypeHostName,
} eNetWorkAddressType_t;

/* Milliseconds in ticks, rounded. */
#define FreeRTOS_ms_to_tick(ms) (((ms)*configTICK_RATE_HZ + 500) / 1000)

static inline BaseType_t FreeRTOS_max_BaseType(BaseType_t a, BaseType_t b)
{
    return a > b ? a : b;
}

static inline BaseType_t FreeRTOS_min_BaseType(BaseType_t a, BaseType_t b)
{
    return a < b ? a : b;
}

static inline UBaseType_t FreeRTOS_max_UBaseType(UBaseType_t a, UBaseType_t b)
{
    return a > b ? a : b;
}

static inline UBaseType_t FreeRTOS_min_UBaseType(UBaseType_t a, UBaseType_t b)
{
    return a < b ? a : b;
}

#ifdef __cplusplus
}
#endif

#endif

/* Names from before 2016. */
#if ipconfigENABLE_BACKWARD_COMPATIBILITY
#define xIPStackEvent_t            IPStackEvent_t
#define xNetworkBufferDescriptor_t NetworkBufferDescriptor_t
#define xMACAddress_t              MACAddress_t
#define xWinProperties_t           WinProperties_t
#define xSocket_t                  Socket_t
#define xSocketSet_t               SocketSet_t
#define ipSIZE_OF_IP_HEADER        ipSIZE_OF_IPv4_HEADER
#define FOnConnected               FOnConnected_t
#define FOnTcpReceive              FOnTCPReceive_t
#define FOnTcpSent                 FOnTCPSent_t
#define FOnUdpReceive              FOnUDPReceive_t
#define FOnUdpSent                 FOnUDPSent_t
#define pOnTcpConnected            pxOnTCPConnected
#define pOnTcpReceive              pxOnTCPReceive
#define pOnTcpSent                 pxOnTCPSent
#define pOnUdpReceive              pxOnUDPReceive
#define pOnUdpSent                 pxOnUDPSent
#endif
