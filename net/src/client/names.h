/* SPDX-License-Identifier: MIT */
/*
 * Names that need no server: dotted numbers, the application's static table, and the cache of
 * answers.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/address.h"

/* "10.0.2.15": four decimal numbers without leading zeros. False: something else. Any context. */
bool tcpip_ipv4_from_text(const char *text, struct tcpip_address *address);

/* The static table (tcpip_host_add in tcpip.h). The stack's task. */
bool tcpip_host_find(const char *name, uint8_t family, struct tcpip_address *address);

/* The cache: copies up to `most` addresses out and returns their number; 0: nothing fresh is known.
 * The stack's task, with the time in ms. */
size_t tcpip_dns_cache_find(const char *name, uint8_t family, uint32_t now,
                            struct tcpip_address *addresses, size_t most);

/* Remembers an answer for `ttl` seconds, at most a day. */
void tcpip_dns_cache_add(const char *name, uint32_t ttl, uint32_t now,
                         const struct tcpip_address *addresses, size_t count);
void tcpip_dns_cache_clear(void);
