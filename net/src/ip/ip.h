/* SPDX-License-Identifier: MIT */
/*
 * What is common to the families of IP: the table of families, the table of transport protocols,
 * and the way out. Only the stack's task.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/frame.h"
#include "core/packet.h"
#include "core/route.h"
#include "netif.h"
#include "tcpip_end_point.h"
#include "wire/ethernet.h"

/* One family of IP. */
struct tcpip_ip_family {
    uint16_t ethernet_type;
    uint8_t header_size; /* of what it sends */

    /* Checks a packet and hands it to its protocol. Takes the frame. */
    void (*input)(struct tcpip_interface *interface, struct netif_frame *frame, bool to_group);

    /* Puts the header in front of a transport header and sends. Takes the frame. */
    bool (*output)(const struct tcpip_route *route, struct netif_frame *frame,
                   const struct tcpip_address *destination, const struct tcpip_protocol *protocol);

    /* Asks everybody, or the station `mac`, which station has `address`. */
    void (*solicit)(struct tcpip_end_point *end_point, const struct tcpip_address *address,
                    const uint8_t *mac);

    /* Asks whether anybody has `address`, without claiming it. */
    void (*probe)(struct tcpip_interface *interface, const struct tcpip_address *address);

    /* Tells the link that the end-point's address is ours. */
    void (*announce)(struct tcpip_end_point *end_point);

    /* Sends a report about groups: with the option that alerts routers, one hop far. Takes the frame. */
    bool (*alert)(const struct tcpip_route *route, struct netif_frame *frame,
                  const struct tcpip_address *destination);

    /* The interface has, or has no longer, to hear questions about `address`. May be NULL. */
    void (*hear)(struct tcpip_interface *interface, const struct tcpip_address *address, bool on);

    /* The station address to which packets to `group` are sent. */
    void (*group_mac)(const struct tcpip_address *group, uint8_t mac[NETIF_MAC_SIZE]);
};

void tcpip_ip_init(void);

/* Adds a transport protocol; `protocol` must stay. One per number. */
void tcpip_ip_register(struct tcpip_protocol *protocol);
struct tcpip_protocol *tcpip_ip_protocol(uint8_t number);

/* False: no family has this Ethernet type, the frame is still the caller's. */
bool tcpip_ip_input(struct tcpip_interface *interface, struct netif_frame *frame,
                    uint16_t ethernet_type, bool to_group);

/* Sends a packet over a route: its transport header is at frame->data, complete with its checksum, with
 * TCPIP_HEADROOM in front. Takes the frame in any case; false when it was dropped at once. True says
 * only that it is on its way. */
bool tcpip_ip_output_on(const struct tcpip_route *route, struct netif_frame *frame,
                        const struct tcpip_address *destination,
                        const struct tcpip_protocol *protocol);

/* What a packet begins its way with. */
static inline uint8_t tcpip_ip_time_to_live(const struct tcpip_route *route,
                                            const struct tcpip_protocol *protocol)
{
    return route->time_to_live != 0 ? route->time_to_live : protocol->time_to_live;
}

/* Hands a checked packet to its protocol. For the families. */
void tcpip_ip_deliver(const struct tcpip_packet *packet);

/* Tells the protocol of a packet that we sent what became of it. For ICMP. */
void tcpip_ip_unreachable(const struct tcpip_unreachable *error);

/* Tells every protocol that an address is not ours any more. */
void tcpip_ip_address_lost(const struct tcpip_address *address);

/* All of them. */
extern struct tcpip_protocol *tcpip_protocols;

/* What the families have each in its own way; see struct tcpip_ip_family. */
void tcpip_ip_solicit(struct tcpip_end_point *end_point, const struct tcpip_address *address,
                      const uint8_t *mac);
void tcpip_ip_probe(struct tcpip_interface *interface, const struct tcpip_address *address);
void tcpip_ip_announce(struct tcpip_end_point *end_point);
#if ipconfigUSE_IGMP || ipconfigUSE_IPv6 /* else nobody reports */
bool tcpip_ip_alert_routers(const struct tcpip_route *route, struct netif_frame *frame,
                            const struct tcpip_address *destination);
#else
static inline bool tcpip_ip_alert_routers(const struct tcpip_route *route,
                                          struct netif_frame *frame,
                                          const struct tcpip_address *destination)
{
    tcpip_frame_release(frame);
    return false;
}
#endif
#if ipconfigUSE_IPv6 /* IPv4 needs not */
void tcpip_ip_hear(struct tcpip_interface *interface, const struct tcpip_address *address, bool on);
#else
static inline void tcpip_ip_hear(struct tcpip_interface *interface,
                                 const struct tcpip_address *address, bool on)
{
}
#endif
void tcpip_ip_group_mac(const struct tcpip_address *group, uint8_t mac[NETIF_MAC_SIZE]);

/* What a family is to the link, and the bytes of its header without options. */
static inline uint16_t tcpip_ip_ethernet_type(uint8_t family)
{
    return ipconfigUSE_IPv6 && family == TCPIP_IPV6 ? ETHERNET_IPV6 : ETHERNET_IPV4;
}

static inline uint8_t tcpip_ip_header_size(uint8_t family)
{
    return ipconfigUSE_IPv6 && family == TCPIP_IPV6 ? TCPIP_IPV6_HEADER_SIZE
                                                    : TCPIP_IPV4_HEADER_SIZE;
}

/* Sends a frame with its IP header to `next_hop`: to a group's station, to all, or to the neighbour.
 * Takes the frame. For the families. */
bool tcpip_ip_transmit(const struct tcpip_route *route, struct netif_frame *frame,
                       const struct tcpip_address *destination);
