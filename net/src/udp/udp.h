/* SPDX-License-Identifier: MIT */
/*
 * UDP (RFC 768, RFC 1122 4.1): ports, and datagrams in and out. The DHCP and DNS clients use it as
 * the sockets do. Only the stack's task.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "core/packet.h"
#include "core/route.h"

/* The first of the ports that are given to who asks for none in particular (RFC 6335 6). */
enum { TCPIP_FIRST_EPHEMERAL_PORT = 49152 };

struct tcpip_datagram {
    const struct tcpip_packet *packet; /* its frame holds just the payload now */
    uint16_t source_port;
    uint16_t destination_port;
};

/* A bound port; belongs to who bound it. */
struct tcpip_udp_port {
    struct tcpip_udp_port *next;
    uint16_t number;
    struct tcpip_address local; /* only datagrams to this address; unspecified: to any */

    /* Takes the datagram's frame. */
    void (*input)(struct tcpip_udp_port *port, const struct tcpip_datagram *datagram);

    /* `local` is not ours any more. May be NULL. */
    void (*address_lost)(struct tcpip_udp_port *port);

    /* A datagram sent to `destination` did not arrive. May be NULL. */
    void (*unreachable)(struct tcpip_udp_port *port, const struct tcpip_address *destination,
                        uint16_t destination_port);
};

void tcpip_udp_init(void);

/* Opens port->number, or with 0 a free one chosen at random. False: it is taken, or there was no
 * random number. */
bool tcpip_udp_bind(struct tcpip_udp_port *port);
void tcpip_udp_unbind(struct tcpip_udp_port *port);
struct tcpip_udp_port *tcpip_udp_find(uint16_t number);

/* The bound ports, by number modulo that of lists. */
enum { TCPIP_UDP_BUCKETS = 16 };
extern struct tcpip_udp_port *tcpip_udp_buckets[TCPIP_UDP_BUCKETS];

/* Every bound port in turn, beginning with NULL; for listings. */
struct tcpip_udp_port *tcpip_udp_each(const struct tcpip_udp_port *previous);

/* Sends the payload at frame->data, with room for the headers in front (TCPIP_UDP_HEADROOM). Takes
 * the frame; false when it was dropped at once. */
#define TCPIP_UDP_HEADROOM (TCPIP_HEADROOM + 8)

struct tcpip_udp_target {
    struct tcpip_address address;
    uint16_t port;
    bool no_checksum; /* IPv4 only */
};
bool tcpip_udp_send(struct tcpip_udp_port *port, struct netif_frame *frame,
                    const struct tcpip_udp_target *target);
bool tcpip_udp_send_on(const struct tcpip_route *route, uint16_t source_port,
                       struct netif_frame *frame, const struct tcpip_udp_target *target);
