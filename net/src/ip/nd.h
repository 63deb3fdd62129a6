/* SPDX-License-Identifier: MIT */
/*
 * Neighbour Discovery (RFC 4861): questions and answers about stations. What routers say is
 * router.h's. Only the stack's task.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "core/packet.h"

#if ipconfigUSE_IPv6

/* A message of ICMPv6 with a sound checksum. False: it is not one of these, the frame is still the
 * caller's. */
bool tcpip_nd_input(const struct tcpip_packet *packet, uint8_t type);

/* How neighbours are asked; good until the next call. */
const struct tcpip_neighbour_pace *tcpip_nd_pace(const struct tcpip_interface *interface);

/* For the table of families. */
void tcpip_nd_solicit(struct tcpip_end_point *end_point, const struct tcpip_address *address,
                      const uint8_t *mac);
void tcpip_nd_probe(struct tcpip_interface *interface, const struct tcpip_address *address);
void tcpip_nd_announce(struct tcpip_end_point *end_point);

/* A frame with room for a message of `size` bytes of this type and its option, all zero but the type;
 * NULL, counted: there is none. */
struct netif_frame *tcpip_nd_message(uint8_t type, size_t size);

/* Sends it with its checksum, from an interface and with the hop limit that no router lets through. Takes
 * the frame. */
void tcpip_nd_send(struct tcpip_interface *interface, struct netif_frame *frame,
                   const struct tcpip_address *source, const struct tcpip_address *destination);

#else

static inline const struct tcpip_neighbour_pace *tcpip_nd_pace(
    const struct tcpip_interface *interface)
{
    return NULL;
}

static inline bool tcpip_nd_input(const struct tcpip_packet *packet, uint8_t type)
{
    return false;
}

#endif
