/* SPDX-License-Identifier: MIT */
/*
 * Which way a packet leaves, and with which source address.
 *
 * The end-points are the routing table: the one whose network holds the destination, the longest
 * prefix first; otherwise the first with a gateway or, with IPv6, with a router that has advertised
 * itself. That says the interface and the first hop. The source is an address of that interface, chosen
 * as RFC 6724 5 says. A packet that has a source address already leaves by the interface that has it
 * (RFC 1122 3.3.4.2, strong host).
 */
#pragma once

#include <stdbool.h>

#include "core/address.h"
#include "netif.h"
#include "tcpip_end_point.h"

struct tcpip_route {
    struct tcpip_interface *interface;
    struct tcpip_end_point *end_point; /* that has the source address */
    struct tcpip_address source;
    struct tcpip_address next_hop; /* the destination itself, or a gateway */
    uint16_t mtu;                  /* bytes of an IP packet on the link */
    uint16_t path_mtu;             /* at most that; what the way beyond it is known to carry */
    uint8_t time_to_live;          /* 0: what is usual for the protocol */
    bool to_neighbour;             /* surely: not to a group, not to all, not to ourselves */
};

/* False: no end-point leads there. `source` may be NULL or unspecified. The stack's task. */
bool tcpip_route_find(const struct tcpip_address *source, const struct tcpip_address *destination,
                      struct tcpip_route *route);

/* An end-point that is up, of this family and, where the destination says which, on its link. */
bool tcpip_route_usable(const struct tcpip_end_point *end_point,
                        const struct tcpip_address *destination);

/* Counts whatever may change a route of IPv4: one that was found is good while the number stays. */
extern uint32_t tcpip_route_changes;

/* The MTU of a link, for packets of this family. */
uint16_t tcpip_route_mtu(const struct tcpip_interface *interface, uint8_t family);

/* The device that sends the packet inserts the transport's checksum, whose field is zero until then. */
static inline bool tcpip_route_inserts_checksum(const struct tcpip_route *route)
{
    return (route->interface->features & (unsigned)NETIF_TX_CHECKSUM_L4) != 0;
}
