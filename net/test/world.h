/* SPDX-License-Identifier: MIT */
/*
 * A stack on a wire for host tests: one interface with one end-point, and frames made by hand.
 */
#pragma once

#include "core/end_point.h"
#include "host_os.h"
#include "tcpip_end_point.h"
#include "wire.h"

struct world {
    struct wire wire;
    struct tcpip_interface interface;
    struct tcpip_end_point end_point;
};

extern struct world world;

/* 10.0.0.1/24 with the gateway 10.0.0.254 and the DNS servers 10.0.0.53 and 10.0.0.54, its link
 * up; or asking by DHCP. */
void world_begin(bool dhcp);

/* Shuts down and checks that nothing is left: no frame, no timer, no memory. */
void world_end(void);

/* A frame from the peer's station to ours. Returns its length. */
size_t world_ethernet(uint8_t *bytes, uint16_t type, const uint8_t *payload, size_t size);
size_t world_ipv4(uint8_t *bytes, uint32_t source, uint32_t destination, uint8_t protocol,
                  const uint8_t *payload, size_t size);
size_t world_udp(uint8_t *bytes, uint32_t source, uint16_t source_port, uint32_t destination,
                 uint16_t destination_port, const uint8_t *payload, size_t size);

/* Hands a frame to the stack and lets it work. */
void world_receive(const uint8_t *bytes, size_t length);

/* An ARP packet of the peer, about an address and, if not NULL, with another station. */
void world_arp(uint16_t operation, uint32_t sender, uint32_t target, const uint8_t *mac);
