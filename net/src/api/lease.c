/* SPDX-License-Identifier: MIT */
/*
 * What an application does about a lease, beyond the known API.
 */
#include "tcpip.h"

#include "FreeRTOS_Routing.h"
#include "client/dhcp.h"
#include "client/dhcp6.h"
#include "core/end_point.h"
#include "socket/socket.h"

static bool is_ipv6(const struct tcpip_end_point *end_point)
{
    return tcpip_end_point_family(end_point) == TCPIP_IPV6;
}

static int32_t release(void *object, struct tcpip_call *call)
{
    struct tcpip_end_point *end_point = object;

    if (is_ipv6(end_point))
        tcpip_dhcp6_release(end_point);
    else
        tcpip_dhcp_release(end_point);
    return 0;
}

static int32_t request(void *object, struct tcpip_call *call)
{
    struct tcpip_end_point *end_point = object;

    if (!end_point->interface->link_up || !end_point->wants_dhcp)
        return 0;
    return is_ipv6(end_point) ? tcpip_dhcp6_start(end_point) : tcpip_dhcp_start(end_point);
}

void tcpip_lease_release(struct xNetworkEndPoint *end_point)
{
    struct tcpip_call call;

    tcpip_call(&call, release, &end_point->core, NULL, 0);
}

bool tcpip_lease_request(struct xNetworkEndPoint *end_point)
{
    struct tcpip_call call;

    return tcpip_call(&call, request, &end_point->core, NULL, 0) > 0;
}
