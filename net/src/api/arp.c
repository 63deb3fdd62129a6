/* SPDX-License-Identifier: MIT */
/*
 * Calls about neighbours, of either family.
 */
#include "FreeRTOS_ARP.h"
#include "FreeRTOS_ND.h"

#include "FreeRTOS_Sockets.h"
#include "core/route.h"
#include "core/text6.h"
#include "ip/ip.h"
#include "link/arp.h"
#include "link/neighbour.h"
#include "socket/socket.h"

struct request_call {
    struct tcpip_call call;
    struct tcpip_address address;
};

static int32_t request(void *object, struct tcpip_call *call)
{
    struct request_call *asking = (struct request_call *)call;
    struct tcpip_end_point *end_point = object;
    struct tcpip_route route;

    if (end_point == NULL && tcpip_route_find(NULL, &asking->address, &route))
        end_point = route.end_point;
    if (end_point != NULL)
        tcpip_arp_request(end_point, &asking->address, NULL);
    return 0;
}

static void request_on(struct tcpip_end_point *end_point, uint32_t address)
{
    struct request_call asking = {.address = tcpip_address_from_ipv4(FreeRTOS_ntohl(address))};

    tcpip_call(&asking.call, request, end_point, NULL, 0);
}

void FreeRTOS_OutputARPRequest(uint32_t address)
{
    request_on(NULL, address);
}

void FreeRTOS_OutputARPRequest_Multi(NetworkEndPoint_t *end_point, uint32_t address)
{
    request_on(end_point != NULL ? &end_point->core : NULL, address);
}

static int32_t forget(void *interface, struct tcpip_call *call)
{
    tcpip_neighbours_forget(interface);
    return 0;
}

void(FreeRTOS_ClearARP)(const NetworkEndPoint_t *end_point)
{
    struct tcpip_call call;
    const struct tcpip_interface *interface = end_point != NULL
                                                  ? &end_point->pxNetworkInterface->core
                                                  : NULL;

    tcpip_call(&call, forget, (void *)(uintptr_t)interface, NULL, 0);
}

struct look_call {
    struct tcpip_call call;
    size_t index;
    struct tcpip_address address;
    uint8_t mac[NETIF_MAC_SIZE];
    bool known;
};

static int32_t look(void *object, struct tcpip_call *call)
{
    struct look_call *looking = (struct look_call *)call;

    return tcpip_neighbour_at(looking->index, &looking->address, looking->mac, &looking->known);
}

static void print_family(uint8_t family)
{
    struct look_call looking = {.index = 0};

    for (; tcpip_call(&looking.call, look, NULL, NULL, 0) != 0; looking.index++) {
        char address[TCPIP_IPV6_TEXT_SIZE];
        char mac[18];

        if (looking.address.family != family)
            continue;
        FreeRTOS_inet_ntop(family == TCPIP_IPV6 ? FREERTOS_AF_INET6 : FREERTOS_AF_INET4,
                           looking.address.bytes, address, sizeof address);
        FreeRTOS_EUI48_ntop(looking.mac, mac, 'a', ':');
        FreeRTOS_printf(("%-15s  %s\n", address, looking.known ? mac : "(asking)"));
        (void)mac; /* where printing is off */
    }
}

void FreeRTOS_PrintARPCache(void)
{
    print_family(TCPIP_IPV4);
}

#if ipconfigUSE_IPv6

void FreeRTOS_PrintNDCache(void)
{
    print_family(TCPIP_IPV6);
}

void FreeRTOS_ClearND(const NetworkEndPoint_t *end_point)
{
    FreeRTOS_ClearARP(end_point);
}

static int32_t announce(void *object, struct tcpip_call *call)
{
    struct tcpip_end_point *end_point = object;

    if (end_point->state == TCPIP_END_POINT_UP)
        tcpip_ip_announce(end_point);
    return 0;
}

void FreeRTOS_OutputAdvertiseIPv6(NetworkEndPoint_t *end_point)
{
    struct tcpip_call call;

    if (end_point != NULL && ENDPOINT_IS_IPv6(end_point))
        tcpip_call(&call, announce, &end_point->core, NULL, 0);
}

BaseType_t FreeRTOS_CreateIPv6Address(IPv6_Address_t *address, const IPv6_Address_t *prefix,
                                      size_t prefix_length, BaseType_t do_random)
{
    IPv6_Address_t made = {{[15] = 1}};

    if (prefix_length > 8 * sizeof made.ucBytes)
        return pdFAIL;
    for (size_t i = 0; do_random != pdFALSE && i < sizeof made.ucBytes; i += sizeof(uint32_t)) {
        uint32_t random;

        if (xApplicationGetRandomNumber(&random) == pdFALSE)
            return pdFAIL;
        memcpy(made.ucBytes + i, &random, sizeof random);
    }
    for (size_t bit = 0; bit < prefix_length; bit++) {
        uint8_t mask = (uint8_t)(0x80u >> bit % 8u);

        made.ucBytes[bit / 8] = (uint8_t)((made.ucBytes[bit / 8] & ~mask) |
                                          (prefix->ucBytes[bit / 8] & mask));
    }
    *address = made;
    return pdPASS;
}

#endif
