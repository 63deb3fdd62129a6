/* SPDX-License-Identifier: MIT */
/*
 * libslirp itself behind a narrow door: an instance, its clock and timers, its descriptors. Knows
 * nothing of netif.h. Every function is called with interrupts masked.
 */
#pragma once

#include <poll.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A frame from the network to the device; `frame` is valid during the call. */
typedef void eth_slirp_receive(void *context, const uint8_t *frame, size_t size);

/* One port of the host that leads to the device. */
struct eth_slirp_port {
    bool udp;
    uint16_t host_port, device_port;
};

/* Starts the network. False: libslirp does not. */
bool eth_slirp_wire_open(eth_slirp_receive *receive, void *context);

/* Ends it, with every connection. */
void eth_slirp_wire_close(void);

/* False: the host's port is taken, say; errno tells. */
bool eth_slirp_wire_forward(const struct eth_slirp_port *forward);

/* A frame from the device; may call `receive`. */
void eth_slirp_wire_send(const uint8_t *frame, size_t size);

/* What to wait for, and what became of it: see struct sim_device. */
size_t eth_slirp_wire_fill(struct pollfd *polls, size_t room, uint64_t *timeout_us);
void eth_slirp_wire_service(const struct pollfd *polls, size_t count);
