/* SPDX-License-Identifier: MIT */
/*
 * Which way a packet leaves: the end-point whose network holds the destination, the longest prefix
 * first; otherwise the first with a gateway. A packet with a source address leaves from the
 * end-point that has it (RFC 1122 3.3.4.2, strong host).
 */
#pragma once

#include <stdbool.h>

#include "core/address.h"
#include "tcpip_end_point.h"

struct tcpip_route {
    struct tcpip_end_point *end_point;
    struct tcpip_address source;   /* the end-point's */
    struct tcpip_address next_hop; /* the destination itself, or a gateway */
    uint16_t mtu;                  /* bytes of an IP packet */
    uint8_t time_to_live;          /* 0: what is usual for the protocol */
};

/* False: no end-point leads there. `source` may be NULL or unspecified. The stack's task. */
bool tcpip_route_find(const struct tcpip_address *source, const struct tcpip_address *destination,
                      struct tcpip_route *route);
