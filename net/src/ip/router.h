/* SPDX-License-Identifier: MIT */
/*
 * Routers of IPv6 (RFC 4861 6.3 and 8, RFC 7559): searching for them, the list of those that may
 * be used by default, and what they advertise. On an interface where no end-point wants it
 * (bWantRA, or an address by DHCPv6) routers are not listened to. Only the stack's task.
 */
#pragma once

#include <stdbool.h>

#include "core/drop.h"
#include "core/packet.h"
#include "wire/bytes.h"

#if ipconfigUSE_IPv6

void tcpip_router_init(void);

/* The link came: forgets what was known of it, and asks for routers. */
void tcpip_router_search(struct tcpip_interface *interface);

/* There is a new address, about which a router may already have said what was not kept: has it said again. */
void tcpip_router_ask(struct tcpip_interface *interface);

/* The link went. */
void tcpip_router_forget(struct tcpip_interface *interface);

/* The router to be used by default, NULL if there is none; valid until the next call. */
const struct tcpip_address *tcpip_router_pick(const struct tcpip_interface *interface);
bool tcpip_router_is(const struct tcpip_interface *interface, const struct tcpip_address *address);

/* A neighbour does not answer; or says that it is no router any more. */
void tcpip_router_lost(const struct tcpip_interface *interface,
                       const struct tcpip_address *address);
void tcpip_router_retired(const struct tcpip_interface *interface,
                          const struct tcpip_address *address);

/* A sound advertisement, or redirect, behind packet->frame->data; the frame stays the caller's. Returns
 * why it was not followed, or TCPIP_DROP_NONE. */
enum tcpip_drop tcpip_router_advertised(const struct tcpip_packet *packet,
                                        struct tcpip_reader options);
#if ipconfigUSE_REDIRECTS && ipconfigIPv6_DESTINATIONS > 0
enum tcpip_drop tcpip_router_redirected(const struct tcpip_packet *packet,
                                        struct tcpip_reader options);
#else
static inline enum tcpip_drop tcpip_router_redirected(const struct tcpip_packet *packet,
                                                      struct tcpip_reader options)
{
    return TCPIP_DROP_ND_ROUTER;
}
#endif

#else

static inline void tcpip_router_lost(const struct tcpip_interface *interface,
                                     const struct tcpip_address *address)
{
}

static inline void tcpip_router_init(void)
{
}

static inline void tcpip_router_search(struct tcpip_interface *interface)
{
}

static inline void tcpip_router_forget(struct tcpip_interface *interface)
{
}

static inline const struct tcpip_address *tcpip_router_pick(const struct tcpip_interface *interface)
{
    return NULL;
}

static inline bool tcpip_router_is(const struct tcpip_interface *interface,
                                   const struct tcpip_address *address)
{
    return false;
}

#endif
