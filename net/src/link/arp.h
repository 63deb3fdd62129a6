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

/* Asks whether anybody uses `address`, without claiming it. Until tcpip_arp_probe_end, `conflict`
 * is called when somebody answers or probes for it too. */
struct tcpip_arp_probe {
    struct tcpip_arp_probe *next;
    struct tcpip_interface *interface;
    struct tcpip_address address;
    void (*conflict)(void *context);
    void *context;
};
void tcpip_arp_probe_begin(struct tcpip_arp_probe *probe);
void tcpip_arp_probe_send(const struct tcpip_arp_probe *probe);
void tcpip_arp_probe_end(struct tcpip_arp_probe *probe);
