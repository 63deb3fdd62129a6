/* SPDX-License-Identifier: MIT */
/*
 * The rest of FreeRTOS_IP.h: configuration, buffers of datagrams, ping.
 */
#include "FreeRTOS_ND.h"

#include "api/api.h"

#include "FreeRTOS_Sockets.h"
#include "core/end_point.h"
#include "core/frame.h"
#include "ip/icmp.h"
#include "netif.h"
#include "socket/socket.h"
#include "udp/udp.h"

static void put(uint32_t *where, uint32_t value)
{
    if (where != NULL)
        *where = value;
}

void FreeRTOS_GetEndPointConfiguration(uint32_t *address, uint32_t *mask, uint32_t *gateway,
                                       uint32_t *dns, const struct xNetworkEndPoint *end_point)
{
    const IPV4Parameters_t *settings = &end_point->ipv4_settings;

    put(address, settings->ulIPAddress);
    put(mask, settings->ulNetMask);
    put(gateway, settings->ulGatewayAddress);
    put(dns, settings->ulDNSServerAddresses[0]);
}

void FreeRTOS_GetAddressConfiguration(uint32_t *address, uint32_t *mask, uint32_t *gateway,
                                      uint32_t *dns)
{
    const NetworkEndPoint_t *first = FreeRTOS_FirstEndPoint(NULL);

    if (first != NULL)
        FreeRTOS_GetEndPointConfiguration(address, mask, gateway, dns, first);
}

struct configure_call {
    struct tcpip_call call;
    struct tcpip_configuration configuration;
};

static bool configure(struct tcpip_call *call)
{
    struct configure_call *change = (struct configure_call *)call;
    struct tcpip_end_point *end_point = call->object;

    if (end_point->interface->link_up)
        tcpip_end_point_configure(end_point, &change->configuration);
    else
        end_point->defaults = change->configuration;
    return true;
}

static void take(uint32_t *where, const uint32_t *value)
{
    if (value != NULL)
        *where = *value;
}

void FreeRTOS_SetEndPointConfiguration(const uint32_t *address, const uint32_t *mask,
                                       const uint32_t *gateway, const uint32_t *dns,
                                       struct xNetworkEndPoint *end_point)
{
    IPV4Parameters_t settings = end_point->ipv4_settings;
    struct configure_call change;

    take(&settings.ulIPAddress, address);
    take(&settings.ulNetMask, mask);
    take(&settings.ulGatewayAddress, gateway);
    take(&settings.ulDNSServerAddresses[0], dns);
    tcpip_api_configuration(&settings, &change.configuration);
    tcpip_call(&change.call, configure, &end_point->core, NULL, 0);
}

void FreeRTOS_SetAddressConfiguration(const uint32_t *address, const uint32_t *mask,
                                      const uint32_t *gateway, const uint32_t *dns)
{
    NetworkEndPoint_t *first = FreeRTOS_FirstEndPoint(NULL);

    if (first != NULL)
        FreeRTOS_SetEndPointConfiguration(address, mask, gateway, dns, first);
}

BaseType_t FreeRTOS_IsEndPointUp(const struct xNetworkEndPoint *end_point)
{
    return end_point != NULL && end_point->bits.bEndPointUp != 0 ? pdTRUE : pdFALSE;
}

BaseType_t FreeRTOS_AllEndPointsUp(const struct xNetworkInterface *interface)
{
    NetworkEndPoint_t *end_point = FreeRTOS_FirstEndPoint(interface);

    while (end_point != NULL && end_point->bits.bEndPointUp != 0)
        end_point = FreeRTOS_NextEndPoint(interface, end_point);
    return end_point == NULL ? pdTRUE : pdFALSE;
}

BaseType_t FreeRTOS_IsNetworkUp(void)
{
    return FreeRTOS_FirstEndPoint(NULL) != NULL ? FreeRTOS_AllEndPointsUp(NULL) : pdFALSE;
}

UBaseType_t uxGetMinimumIPQueueSpace(void)
{
    UBaseType_t length = ipconfigEVENT_QUEUE_LENGTH, deepest = tcpip_stack_deepest();

    return deepest < length ? length - deepest : 0;
}

const uint8_t *FreeRTOS_GetMACAddress(void)
{
    const NetworkInterface_t *first = FreeRTOS_FirstNetworkInterface();

    return first != NULL ? first->core.netif->mac : NULL;
}

void FreeRTOS_UpdateMACAddress(const uint8_t mac[ipMAC_ADDRESS_LENGTH_BYTES])
{
    const NetworkInterface_t *first = FreeRTOS_FirstNetworkInterface();

    if (first != NULL)
        memcpy(first->core.netif->mac, mac, ipMAC_ADDRESS_LENGTH_BYTES);
}

void *FreeRTOS_GetUDPPayloadBuffer(size_t size, TickType_t ticks_to_wait)
{
    TickType_t most = ipconfigUDP_MAX_SEND_BLOCK_TIME_TICKS;
    TimeOut_t since;
    struct netif_frame *frame;

    if (ticks_to_wait > most)
        ticks_to_wait = most;
    vTaskSetTimeOutState(&since);
    while ((frame = tcpip_frame_allocate(TCPIP_UDP_HEADROOM, size)) == NULL) {
        if (xTaskCheckForTimeOut(&since, &ticks_to_wait) != pdFALSE)
            return NULL;
        vTaskDelay(1);
    }
    frame->length = (uint16_t)size;
    return frame->data;
}

void *FreeRTOS_GetUDPPayloadBuffer_Multi(size_t size, TickType_t ticks_to_wait, uint8_t ip_type)
{
    return ip_type == ipTYPE_IPv4 || (ipconfigUSE_IPv6 && ip_type == ipTYPE_IPv6)
               ? FreeRTOS_GetUDPPayloadBuffer(size, ticks_to_wait)
               : NULL;
}

void FreeRTOS_ReleaseUDPPayloadBuffer(void const *buffer)
{
    struct netif_frame *frame = tcpip_frame_of(buffer);

    if (frame != NULL)
        tcpip_frame_release(frame);
}

struct ping_call {
    struct tcpip_call call;
    struct tcpip_address address;
    size_t size;
};

static bool ping(struct tcpip_call *call)
{
    static uint16_t sequence;
    struct ping_call *pinging = (struct ping_call *)call;

    sequence = sequence == UINT16_MAX ? 1 : (uint16_t)(sequence + 1); /* 0 says failure */
    call->result = tcpip_icmp_ping(&pinging->address, sequence, pinging->size) ? sequence : pdFAIL;
    return true;
}

static BaseType_t ping_address(struct tcpip_address address, size_t size)
{
    struct ping_call pinging = {.address = address, .size = size};

    if (!ipconfigSUPPORT_OUTGOING_PINGS || size > ipconfigNETWORK_MTU - 28)
        return pdFAIL;
    return tcpip_call(&pinging.call, ping, NULL, NULL, 0);
}

BaseType_t FreeRTOS_SendPingRequest(uint32_t address, size_t size, TickType_t ticks_to_wait)
{
    return ping_address(tcpip_address_from_ipv4(FreeRTOS_ntohl(address)), size);
}

#if ipconfigUSE_IPv6
BaseType_t FreeRTOS_SendPingRequestIPv6(const IPv6_Address_t *address, size_t size,
                                        TickType_t ticks_to_wait)
{
    return ping_address(tcpip_address_from_ipv6(address->ucBytes), size);
}
#endif

const char *FreeRTOS_strerror_r(BaseType_t error, char *buffer, size_t size)
{
    static const struct {
        BaseType_t number;
        const char *text;
    } texts[] = {
        {FREERTOS_EADDRINUSE, "address in use"},
        {FREERTOS_ENOBUFS, "no memory"},
        {FREERTOS_EADDRNOTAVAIL, "no such local address"},
        {FREERTOS_ENOPROTOOPT, "no such option"},
        {FREERTOS_ECLOSED, "not connected"},
        {FREERTOS_EWOULDBLOCK, "timed out"},
        {FREERTOS_EINTR, "interrupted"},
        {FREERTOS_EINVAL, "invalid argument or state"},
    };
    const char *text = "unknown error";

    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        if (texts[i].number == error || texts[i].number == -error)
            text = texts[i].text;
    if (size > 0) {
        strncpy(buffer, text, size - 1);
        buffer[size - 1] = '\0';
    }
    return buffer;
}
