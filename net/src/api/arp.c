/* SPDX-License-Identifier: MIT */
/*
 * Calls about neighbours.
 */
#include "FreeRTOS_ARP.h"

#include "FreeRTOS_Sockets.h"
#include "link/neighbour.h"
#include "core/route.h"
#include "link/arp.h"
#include "socket/socket.h"

struct request_call {
    struct tcpip_call call;
    struct tcpip_address address;
};

static bool request(struct tcpip_call *call)
{
    struct request_call *asking = (struct request_call *)call;
    struct tcpip_end_point *end_point = call->object;
    struct tcpip_route route;

    if (end_point == NULL && tcpip_route_find(NULL, &asking->address, &route))
        end_point = route.end_point;
    if (end_point != NULL)
        tcpip_arp_request(end_point, &asking->address, NULL);
    return true;
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

static bool forget(struct tcpip_call *call)
{
    tcpip_neighbours_forget(call->object);
    return true;
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

static bool look(struct tcpip_call *call)
{
    struct look_call *looking = (struct look_call *)call;

    call->result = tcpip_neighbour_at(looking->index, &looking->address, looking->mac,
                                      &looking->known);
    return true;
}

void FreeRTOS_PrintARPCache(void)
{
    struct look_call looking = {.index = 0};

    for (; tcpip_call(&looking.call, look, NULL, NULL, 0) != 0; looking.index++) {
        char address[16];
        char mac[18];

        if (looking.address.family == TCPIP_UNSPECIFIED)
            continue;
        FreeRTOS_inet_ntop4(looking.address.bytes, address, sizeof address);
        FreeRTOS_EUI48_ntop(looking.mac, mac, 'a', ':');
        configPRINTF(("%-15s  %s\n", address, looking.known ? mac : "(asking)"));
    }
}
