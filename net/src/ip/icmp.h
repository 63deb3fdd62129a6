/* SPDX-License-Identifier: MIT */
/*
 * ICMP (RFC 792, RFC 1122 3.2.2) and ICMPv6 (RFC 4443) as one: answers echo requests, sends its own and
 * tells of the answers, hands errors to the protocol whose packet they are about, and says to
 * others what became of theirs. Only the stack's task.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/packet.h"

void tcpip_icmp_init(void);

/* Sends an echo request with `size` bytes of pattern; false when it was dropped at once. */
bool tcpip_icmp_ping(const struct tcpip_address *destination, uint16_t sequence, size_t size);

/* Called for every answer to our requests; `sound` when the pattern came back unchanged. */
extern void (*tcpip_icmp_ping_answered)(uint16_t sequence, bool sound);

enum tcpip_refusal {
    TCPIP_REFUSED_PORT,     /* nobody listens there */
    TCPIP_REFUSED_PROTOCOL, /* nobody understands it */
    TCPIP_REFUSED_LATE,     /* fragments did not arrive in time */
};

/* Tells the sender of a packet why it went no further, with as much of it as there is from
 * `ip_header_size` bytes before frame->data on. The frame stays the caller's. Nothing is sent where it
 * must not be (to or about groups, to no host, about errors), nor more than ten a second. */
void tcpip_icmp_refuse(const struct tcpip_packet *packet, enum tcpip_refusal refusal);

/* The same for what ICMPv6 calls a parameter problem, RFC 4443 3.4. */
void tcpip_icmp_problem(const struct tcpip_packet *packet, uint8_t code, uint16_t pointer,
                        bool even_to_group);
