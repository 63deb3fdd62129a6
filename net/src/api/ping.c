/* SPDX-License-Identifier: MIT */
/*
 * Asking another host for an echo.
 */
#include "FreeRTOS_IP.h"

#include "FreeRTOS_ND.h"
#include "ip/icmp.h"
#include "socket/socket.h"

struct ping_call {
    struct tcpip_call call;
    struct tcpip_address address;
    size_t size;
};

static int32_t ping(void *object, struct tcpip_call *call)
{
    static uint16_t sequence;
    struct ping_call *pinging = (struct ping_call *)call;

    sequence = sequence == UINT16_MAX ? 1 : (uint16_t)(sequence + 1); /* 0 says failure */
    return tcpip_icmp_ping(&pinging->address, sequence, pinging->size) ? sequence : pdFAIL;
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
