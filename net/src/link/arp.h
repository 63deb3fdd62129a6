/* SPDX-License-Identifier: MIT */
/*
 * ARP (RFC 826) with probes, announcements and defence of the own address (RFC 5227). Only the
 * stack's task.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "core/address.h"
#include "netif.h"
#include "tcpip_end_point.h"

/* A received packet; `source` is the Ethernet header's. Takes the frame. */
void tcpip_arp_input(struct tcpip_interface *interface, struct netif_frame *frame,
                     const uint8_t source[NETIF_MAC_SIZE]);

/* Asks for `target` on behalf of an end-point: everybody, or only the station `mac`. */
void tcpip_arp_request(struct tcpip_end_point *end_point, const struct tcpip_address *target,
                       const uint8_t *mac);

/* Tells everybody that the end-point's address is at our station. */
void tcpip_arp_announce(struct tcpip_end_point *end_point);

/* Asks whether anybody has `address`, without claiming it. */
void tcpip_arp_probe(struct tcpip_interface *interface, const struct tcpip_address *address);
