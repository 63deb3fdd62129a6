/* SPDX-License-Identifier: MIT */
/*
 * The whole stack on the wire with an honest peer of TCP at the far end: a second engine, 10.0.0.9 or
 * another, that connects to port 80. Its frames take 5 ms, and arrive behind whatever a test strikes
 * with in the same millisecond. Everybody else out there is silent, but a neighbour of any address
 * answers.
 */
#pragma once

#include "tcp/tcp_ip.h"
#include "world.h"

#define PEER_ADDRESS 0x0a000009u

enum { PEER_PORT = 80, PEER_BUFFERS = 8192, PEER_QUEUE = 256, PEER_DELAY_MS = 5 };

/* One end of the connection. */
struct peer_end {
    struct tcpip_tcp_connection *connection;
    uint32_t received;
};

struct peer_queued {
    uint32_t due;
    size_t length;
    uint8_t bytes[WIRE_FRAME_SIZE];
};

struct peer {
    struct tcpip_address address, own; /* its, and the one of ours that it speaks to */
    struct tcpip_tcp_host host;
    struct tcpip_deadline *timers;
    uint32_t refused[TCPIP_TCP_REFUSED_REASONS];
    struct tcpip_tcp_listener listener; /* ours */
    struct tcpip_tcp_owner owner;
    struct peer_end ours, theirs;
    struct test_random random;
    size_t allocations;
    unsigned heard; /* segments of ours to it */
    struct peer_queued queue[PEER_QUEUE];
    unsigned first, count;
};

extern struct peer peer;

/* Starts both and connects. Ends both: nothing may be left. */
void peer_begin(void);
void peer_end(void);

/* The second half of that, in a world that has begun: from any address to any of ours. */
void peer_connect(const struct tcpip_address *address, const struct tcpip_address *own);

/* What has arrived is delivered, then a millisecond passes. */
void peer_pass_ms(void);

/* Reads all there is, writes all that fits. */
void peer_pump(struct peer_end *end);

/* An IPv4 frame to us with this segment, its checksums right. Returns the length. */
size_t peer_build(uint8_t *frame, uint32_t source, const struct tcpip_tcp_header *header,
                  const struct tcpip_tcp_options *options, const struct tcpip_span payload[2]);

/* A segment with `size` bytes of zero, to us, at once. */
void peer_strike(uint32_t source, const struct tcpip_tcp_header *header, size_t size);
