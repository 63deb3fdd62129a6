/* SPDX-License-Identifier: MIT */
/*
 * A stack under test: what the harness asks of it, the same of each. stacks/ has one file per stack.
 *
 * The stack is the host 10.0.0.1/24 on the wire, its peer 10.0.0.2. It has one UDP port and one TCP
 * connection, which it opens. It is called from one place, so nothing here is interrupted.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define BENCH_STACK_ADDRESS 0x0a000001u
#define BENCH_PEER_ADDRESS  0x0a000002u
enum { BENCH_UDP_PORT = 9000, BENCH_TCP_PORT = 9001, BENCH_CHUNK = 2048 };

/* Starts the stack with the address above, its link up. Once. */
void stack_begin(void);

/* A frame that has arrived. The bytes are copied into a buffer of the stack's: what a device would do
 * by itself, which is why that is not counted. */
void stack_input(const uint8_t *bytes, size_t size);

/* Does what is due at wire_now, and says in how many microseconds something will be. */
void stack_poll(void);
uint64_t stack_next(void);

/* UDP to and from the peer's port of the same number. What is received is copied to memory of the
 * application's. */
void stack_udp_open(void);
bool stack_udp_send(const void *bytes, size_t size);
extern uint64_t stack_udp_received; /* bytes */

/* TCP. What is received is copied to memory of the application's as soon as it arrives, and the
 * window opened, unless stack_tcp_hold has been called. Nagle's algorithm is off. */
void stack_tcp_open(void);
bool stack_tcp_connected(void);
void stack_tcp_hold(void);
extern uint64_t stack_tcp_received; /* bytes */

/* Takes as many bytes as there is room for and sends what may be sent. */
size_t stack_tcp_write(const void *bytes, size_t size);

/* Bytes allocated and not given back, without what an allocator adds. What is part of the image is not
 * in it. */
size_t stack_memory(void);
