/* SPDX-License-Identifier: MIT */
/*
 * A received packet between the IP layer and a transport protocol, and the table through which a
 * protocol is found.
 *
 * A protocol registers itself with one struct of functions; the IP layers know none by name. Who is
 * handed a packet owns its frame and releases or drops it.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "core/address.h"
#include "netif.h"
#include "tcpip_end_point.h"

struct tcpip_packet {
    struct netif_frame *frame; /* data and length are the transport header and its payload */
    struct tcpip_interface *interface;
    struct tcpip_end_point *end_point; /* NULL: sent to all, and no end-point has an address yet */
    uint8_t protocol;
    uint8_t ttl;
    bool to_group;           /* sent to a broadcast or multicast address, of the link or of IP */
    uint16_t protocol_at;    /* where its number stands in the packet */
    uint16_t ip_header_size; /* the IP header stands right before frame->data, with extensions */
    struct tcpip_address source;
    struct tcpip_address destination;
};

/* What an ICMP error says about a packet that we sent. */
struct tcpip_unreachable {
    struct tcpip_interface *interface; /* where it came in */
    uint8_t protocol;
    bool time_exceeded;          /* on the way, instead of unreachable */
    uint8_t code;                /* of ICMP for IPv4, into which ICMPv6's are translated */
    uint16_t mtu;                /* of the next hop, when the packet was too big for it; else 0 */
    struct tcpip_address source; /* of that packet: ours */
    struct tcpip_address destination;
    const uint8_t *transport; /* the first bytes of its transport header: at least 8 */
    size_t transport_size;
};

struct tcpip_protocol {
    uint8_t number;       /* of the IANA's protocol numbers */
    uint8_t family;       /* the only one in which it is known; 0: in each */
    uint8_t time_to_live; /* for what it sends */
    void (*input)(const struct tcpip_packet *packet);
    void (*unreachable)(const struct tcpip_unreachable *error); /* may be NULL */
    void (*address_lost)(const struct tcpip_address *address);  /* ours no longer; may be NULL */
    struct tcpip_protocol *next;
};
