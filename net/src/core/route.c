/* SPDX-License-Identifier: MIT */
/*
 * The end-points are the routing table.
 */
#include "core/route.h"

#include "core/end_point.h"
#include "core/frame.h"

/* How well an end-point suits: 0 not at all, 1 by its gateway, 2 and more by its prefix. */
static unsigned suits(const struct tcpip_end_point *end_point, const struct tcpip_address *source,
                      const struct tcpip_address *destination)
{
    const struct tcpip_configuration *active = &end_point->active;

    if (end_point->state != TCPIP_END_POINT_UP || active->address.family != destination->family)
        return 0;
    if (source != NULL && !tcpip_address_is_any(source) &&
        !tcpip_address_equal(source, &active->address))
        return 0;
    if (tcpip_address_is_broadcast(destination) || tcpip_address_is_multicast(destination))
        return 2;
    if (tcpip_address_same_prefix(&active->address, destination, active->prefix))
        return 2u + active->prefix;
    return active->gateway.family == destination->family && !tcpip_address_is_any(&active->gateway);
}

static uint16_t smallest_mtu(const struct netif *netif)
{
    return netif->mtu != 0 && netif->mtu < ipconfigNETWORK_MTU ? netif->mtu : ipconfigNETWORK_MTU;
}

bool tcpip_route_find(const struct tcpip_address *source, const struct tcpip_address *destination,
                      struct tcpip_route *route)
{
    struct tcpip_end_point *end_point = NULL;
    struct tcpip_end_point *best = NULL;
    unsigned best_suits = 0;

    if (tcpip_address_is_any(destination))
        return false;
    while ((end_point = tcpip_end_point_next(end_point)) != NULL) {
        unsigned this_suits = suits(end_point, source, destination);

        if (this_suits > best_suits) {
            best = end_point;
            best_suits = this_suits;
        }
    }
    if (best == NULL)
        return false;
    route->end_point = best;
    route->source = best->active.address;
    route->next_hop = best_suits == 1 ? best->active.gateway : *destination;
    route->mtu = smallest_mtu(best->interface->netif);
    route->time_to_live = 0;
    return true;
}
