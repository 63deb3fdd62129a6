/* SPDX-License-Identifier: MIT */
/*
 * ICMP for IPv4 (RFC 792, RFC 1122 3.2.2): answers echo requests, sends its own and tells of the
 * answers, and hands errors to the protocol whose packet they are about. Only the stack's task.
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
