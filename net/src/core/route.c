/* SPDX-License-Identifier: MIT */
/*
 * A walk over the end-points for the way: the highest mark wins, and the first of equals. The second
 * walk, for the source, is core/source.c.
 */
#include "core/route.h"

#include "core/end_point.h"
#include "core/frame.h"
#include "core/path.h"
#include "core/source.h"
#include "core/timer.h"
#include "ip/router.h"
#include "link/loop.h"

uint32_t tcpip_route_changes = 1; /* 0: never found */

enum { NO_WAY = 0, BY_GATEWAY = 1, ON_LINK = 2 };

static bool same_family(const struct tcpip_address *a, const struct tcpip_address *b)
{
    return !ipconfigUSE_IPv6 || a->family == b->family;
}

/* The first hop to the world beyond the link; NULL if there is none. */
static const struct tcpip_address *gateway_of(const struct tcpip_end_point *end_point)
{
    const struct tcpip_configuration *active = &end_point->active;

    if (!tcpip_address_is_any(&active->gateway))
        return same_family(&active->gateway, &active->address) ? &active->gateway : NULL;
    return tcpip_address_is_ipv6(&active->address) ? tcpip_router_pick(end_point->interface) : NULL;
}

bool tcpip_route_usable(const struct tcpip_end_point *end_point,
                        const struct tcpip_address *destination)
{
    return end_point->state == TCPIP_END_POINT_UP &&
           same_family(&end_point->active.address, destination) &&
           (!ipconfigUSE_IPv6 || destination->zone == 0 ||
            destination->zone == end_point->interface->number);
}

/* How well an end-point leads there, ON_LINK plus the length of its prefix, and over which hop. */
static unsigned leads(const struct tcpip_end_point *end_point,
                      const struct tcpip_address *destination, const struct tcpip_address **hop)
{
    const struct tcpip_configuration *active = &end_point->active;

    *hop = destination;
    if (tcpip_address_is_broadcast(destination) || tcpip_address_is_multicast(destination))
        return tcpip_loops(end_point->interface) ? NO_WAY : ON_LINK;
    if (tcpip_address_same_prefix(&active->address, destination, active->prefix))
        return ON_LINK + active->prefix;
    if (tcpip_address_scope(destination) != TCPIP_SCOPE_GLOBAL ||
        tcpip_address_scope(&active->address) != TCPIP_SCOPE_GLOBAL)
        return NO_WAY;
    *hop = gateway_of(end_point);
    return *hop != NULL ? BY_GATEWAY : NO_WAY;
}

uint16_t tcpip_route_mtu(const struct tcpip_interface *interface, uint8_t family)
{
    uint16_t mtu = interface->netif->mtu;

    if (mtu == 0 || mtu > ipconfigNETWORK_MTU)
        mtu = ipconfigNETWORK_MTU;
#if ipconfigUSE_IPv6
    if (family == TCPIP_IPV6 && interface->ipv6.mtu != 0 && interface->ipv6.mtu < mtu)
        mtu = interface->ipv6.mtu;
#endif
    return mtu;
}

/* The end-point that shows the way, and its first hop; NULL if none does. `from` is the end-point of
 * the source. */
static struct tcpip_end_point *find_way(const struct tcpip_end_point *from,
                                        const struct tcpip_address *destination,
                                        const struct tcpip_address **hop)
{
    struct tcpip_end_point *end_point = NULL;
    struct tcpip_end_point *way = NULL;
    unsigned best = NO_WAY;

    while ((end_point = tcpip_end_point_next(end_point)) != NULL) {
        if (!tcpip_route_usable(end_point, destination) ||
            (from != NULL && from->interface != end_point->interface))
            continue;
        const struct tcpip_address *next;
        unsigned mark = 2 * leads(end_point, destination, &next);

        if (mark != 0 && end_point == from)
            mark++;
        if (mark > best) {
            best = mark;
            way = end_point;
            *hop = next;
        }
    }
    return way;
}

static bool stays(const struct tcpip_address *destination)
{
    return tcpip_address_is_loopback(destination) || tcpip_end_point_find(destination) != NULL;
}

/* To ourselves: from the address itself unless another of ours is given. */
static bool loop_back(struct tcpip_end_point *from, const struct tcpip_address *destination,
                      struct tcpip_route *route)
{
    struct tcpip_interface *loop = tcpip_loop();

    if (loop == NULL)
        return false;
    if (from == NULL)
        from = tcpip_end_point_find(destination);
    if (from == NULL) /* another one of 127.0.0.0/8 */
        from = loop->end_points;
    *route = (struct tcpip_route){.interface = loop,
                                  .end_point = from,
                                  .source = from->active.address,
                                  .next_hop = *destination,
                                  .mtu = ipconfigNETWORK_MTU,
                                  .path_mtu = ipconfigNETWORK_MTU};
    return true;
}

bool tcpip_route_find(const struct tcpip_address *source, const struct tcpip_address *destination,
                      struct tcpip_route *route)
{
    bool is_ipv6 = ipconfigUSE_IPv6 && destination->family == TCPIP_IPV6;
    struct tcpip_end_point *from = NULL;
    const struct tcpip_address *hop;

    if (tcpip_address_is_any(destination) ||
        (source != NULL && source->family != TCPIP_UNSPECIFIED &&
         !same_family(source, destination)))
        return false;
    if (source != NULL && !tcpip_address_is_any(source)) {
        from = tcpip_end_point_find(source);
        if (from == NULL)
            return false;
    }
    if (ipconfigUSE_LOOPBACK && stays(destination))
        return loop_back(from, destination, route);
    struct tcpip_end_point *way = find_way(from, destination, &hop);
    if (way == NULL)
        return false;
    route->interface = way->interface;
    route->end_point = from;
    if (from == NULL)
        route->end_point = is_ipv6 ? tcpip_source_find(way, destination) : way;
    route->source = route->end_point->active.address;
    route->next_hop = *hop;
    bool to_group = tcpip_address_is_multicast(destination);
    route->time_to_live = to_group; /* RFC 1112 6.1: one */
    route->mtu = tcpip_route_mtu(way->interface, destination->family);
    route->path_mtu = route->mtu;
    route->to_neighbour = !to_group && !tcpip_loops(way->interface) &&
                          !tcpip_end_point_broadcast(route->end_point, destination);
    if (is_ipv6)
        tcpip_path_apply(destination, route);
    return true;
}
