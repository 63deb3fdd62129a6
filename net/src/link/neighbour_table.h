/* SPDX-License-Identifier: MIT */
/*
 * The table of neighbours, for who looks into it.
 */
#pragma once

#include "link/neighbour.h"

enum neighbour_state { FREE, ASKING, KNOWN, STALE, DELAYED, VERIFYING };

enum {
    TCPIP_NEIGHBOURS = ipconfigARP_CACHE_ENTRIES + (ipconfigUSE_IPv6 ? ipconfigND_CACHE_ENTRIES : 0)
};

struct neighbour {
    uint8_t state; /* of enum neighbour_state */
    uint8_t asked; /* times since the state was entered */
    uint8_t mac[NETIF_MAC_SIZE];
    uint32_t last_used;
    uint32_t due; /* when the state ends by itself */
    struct tcpip_end_point *end_point;
    struct tcpip_address address;
    struct netif_frame *waiting;
};

extern struct neighbour tcpip_neighbours[TCPIP_NEIGHBOURS];

/* NULL: there is none. */
struct neighbour *tcpip_neighbour_find(const struct tcpip_interface *interface,
                                       const struct tcpip_address *address);
