/* SPDX-License-Identifier: MIT */
/*
 * The other host on the wire: the same for every stack, so that all see the same traffic. It answers
 * ARP, takes and sends datagrams, and has the TCP engine of Linnet with buffers of 64 KB and without
 * options: it acknowledges every second segment, and sends as RFC 5681 and 6582 say.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

void peer_begin(void);
void peer_input(const uint8_t *bytes, size_t size);
void peer_poll(void);
uint64_t peer_next(void); /* us until peer_poll has something to do */

/* Sends a datagram to the stack's port. */
void peer_udp_send(const void *bytes, size_t size);
extern uint64_t peer_udp_received; /* bytes */

/* What its connection has received, and is to send: so many bytes in messages of that size, each of
 * which leaves at once. */
extern uint64_t peer_tcp_received;
void peer_tcp_send(uint64_t bytes, uint32_t message);
