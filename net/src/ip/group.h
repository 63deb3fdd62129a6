/* SPDX-License-Identifier: MIT */
/*
 * Groups that an interface listens to, and what is told of them to the routers: IGMPv2 and v3, MLDv1
 * and v2, one machine for both families. A host has no source filters here (RFC 5790). The table
 * is bounded; with ipconfigUSE_IGMP off groups of IPv4 are heard, but no router is told. Only the
 * stack's task.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "core/packet.h"

#if ipconfigUSE_IPv6 || ipconfigUSE_IGMP || ipconfigUSE_MDNS || ipconfigUSE_LLMNR ||               \
    ipconfigUSE_SOCKET_GROUPS || ipconfigUSE_PACKET_SOCKETS

void tcpip_groups_init(void);

/* Counts the users of a group; each join is followed by a leave. False: there is no room, nothing
 * has changed. */
bool tcpip_group_join(struct tcpip_interface *interface, const struct tcpip_address *group);
void tcpip_group_leave(struct tcpip_interface *interface, const struct tcpip_address *group);

/* Whether packets to this group are for us. */
bool tcpip_group_member(const struct tcpip_interface *interface, const struct tcpip_address *group);

/* The interface's link came or went. */
void tcpip_groups_link(struct tcpip_interface *interface);

/* Something else decides what the device lets through, and has changed. */
#if ipconfigUSE_PACKET_SOCKETS
void tcpip_groups_filter(struct tcpip_interface *interface);
#endif

/* A message of MLD with a sound checksum. False: it is not one, the frame is still the caller's. */
bool tcpip_group_input(const struct tcpip_packet *packet, uint8_t type);

#else

static inline void tcpip_groups_init(void)
{
}

static inline bool tcpip_group_join(struct tcpip_interface *interface,
                                    const struct tcpip_address *group)
{
    return false;
}

static inline void tcpip_group_leave(struct tcpip_interface *interface,
                                     const struct tcpip_address *group)
{
}

/* RFC 1112 7.1: of 224.0.0.1 every host is a member. */
static inline bool tcpip_group_member(const struct tcpip_interface *interface,
                                      const struct tcpip_address *group)
{
    return tcpip_address_ipv4(group) == 0xe0000001u;
}

static inline void tcpip_groups_link(struct tcpip_interface *interface)
{
}

#endif
