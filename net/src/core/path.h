/* SPDX-License-Identifier: MIT */
/*
 * What is special about the way to a single destination: a better first hop, of which a router told
 * us (RFC 4861 8), or a smaller MTU than the link's (RFC 8201, RFC 1191). A small table of IPv6's; the
 * entry that was made first gives way. Only the stack's task.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "core/address.h"
#include "core/route.h"
#include "ip/router.h"
#include "tcpip_end_point.h"
#include "wire/ipv6.h"

#define TCPIP_PATHS     (ipconfigUSE_IPv6 && ipconfigIPv6_DESTINATIONS > 0)
#define TCPIP_REDIRECTS (ipconfigUSE_REDIRECTS && TCPIP_PATHS)

#if TCPIP_PATHS

void tcpip_path_init(void);

/* From now on packets to `destination` go to `hop` first. */
void tcpip_path_redirect(struct tcpip_interface *interface, const struct tcpip_address *destination,
                         const struct tcpip_address *hop);

/* Packets to `destination` may be so big; believed for ten minutes. */
void tcpip_path_narrow(struct tcpip_interface *interface, const struct tcpip_address *destination,
                       uint16_t mtu);

/* Puts what is known into a route. */
void tcpip_path_apply(const struct tcpip_address *destination, struct tcpip_route *route);

/* A first hop does not answer any more. */
void tcpip_path_hop_lost(struct tcpip_interface *interface, const struct tcpip_address *hop);

/* Of one interface, or all with NULL. */
void tcpip_paths_forget(const struct tcpip_interface *interface);

#else

static inline void tcpip_path_init(void)
{
}

static inline void tcpip_path_narrow(struct tcpip_interface *interface,
                                     const struct tcpip_address *destination, uint16_t mtu)
{
}

/* RFC 8200 5: beyond the link every way carries so much, and perhaps not more. */
static inline void tcpip_path_apply(const struct tcpip_address *destination,
                                    struct tcpip_route *route)
{
    if (route->path_mtu > IPV6_LEAST_MTU && !tcpip_address_equal(&route->next_hop, destination))
        route->path_mtu = IPV6_LEAST_MTU;
}

static inline void tcpip_path_hop_lost(struct tcpip_interface *interface,
                                       const struct tcpip_address *hop)
{
    tcpip_router_lost(interface, hop);
}

static inline void tcpip_paths_forget(const struct tcpip_interface *interface)
{
}

#endif
