/* SPDX-License-Identifier: MIT */
/*
 * What the stack asks of an address. The type itself is public: tcpip_address.h.
 *
 * An IPv4 address as a number is in host order here: 10.0.2.15 is 0x0a00020f.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "tcpip_address.h"
#include "wire/bytes.h"

struct tcpip_address tcpip_address_from_ipv4(uint32_t value);
void tcpip_address_set_ipv4(struct tcpip_address *address, uint32_t value);

/* Without IPv6 there is one family, and an address of none is zero: then most questions are about one
 * word. */
static inline bool tcpip_address_is_ipv6(const struct tcpip_address *address)
{
    return ipconfigUSE_IPv6 && address->family == TCPIP_IPV6;
}

static inline bool tcpip_address_is_ipv4(const struct tcpip_address *address)
{
    return !ipconfigUSE_IPv6 || address->family == TCPIP_IPV4;
}

/* Zero for an address of another family. */
static inline uint32_t tcpip_address_ipv4(const struct tcpip_address *address)
{
    return tcpip_address_is_ipv4(address) ? tcpip_get_be32(address->bytes) : 0;
}

/* 16 bytes in network order. */
struct tcpip_address tcpip_address_from_ipv6(const uint8_t *bytes);
void tcpip_address_set_ipv6(struct tcpip_address *address, const uint8_t *bytes);

bool tcpip_address_equal(const struct tcpip_address *a, const struct tcpip_address *b);

/* Bytes that an address of this family takes on the wire; 0 for an unknown family, where there are
 * several. */
static inline size_t tcpip_address_size(const struct tcpip_address *address)
{
    if (!ipconfigUSE_IPv6)
        return TCPIP_ADDRESS_SIZE;
    return address->family == TCPIP_IPV4    ? 4
           : tcpip_address_is_ipv6(address) ? TCPIP_ADDRESS_SIZE
                                            : 0;
}

/* Of IPv6: every byte is zero but the last one, which is `last`. */
bool tcpip_address_is_number(const struct tcpip_address *address, uint8_t last);

/* 0.0.0.0, ::, or no family at all. */
static inline bool tcpip_address_is_any(const struct tcpip_address *address)
{
    return ipconfigUSE_IPv6 ? tcpip_address_is_number(address, 0)
                            : tcpip_get_be32(address->bytes) == 0;
}

/* 224.0.0.0/4, ff00::/8. */
bool tcpip_address_is_multicast(const struct tcpip_address *address);

/* 127.0.0.0/8, ::1. */
static inline bool tcpip_address_is_loopback(const struct tcpip_address *address)
{
    return tcpip_address_is_ipv6(address) ? tcpip_address_is_number(address, 1)
                                          : address->bytes[0] == 127u;
}

/* 255.255.255.255. */
static inline bool tcpip_address_is_broadcast(const struct tcpip_address *address)
{
    return tcpip_address_ipv4(address) == UINT32_MAX;
}

/* True when the first `prefix` bits of both are the same and the families are. */
bool tcpip_address_same_prefix(const struct tcpip_address *a, const struct tcpip_address *b,
                               unsigned prefix);

/* fe80::/10, 169.254.0.0/16. */
bool tcpip_address_is_link_local(const struct tcpip_address *address);

/* How far an address reaches, RFC 4291 2.7 and RFC 6724 3.1: the larger, the farther. */
enum tcpip_scope { TCPIP_SCOPE_LOOP = 1, TCPIP_SCOPE_LINK = 2, TCPIP_SCOPE_GLOBAL = 14 };
uint8_t tcpip_address_scope(const struct tcpip_address *address);

/* Bits of the contiguous mask of an IPv4 network, or -1. */
int tcpip_mask_bits(uint32_t mask);
