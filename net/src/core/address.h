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

/*@ assigns \nothing;
    ensures \result.family == TCPIP_IPV4; */
struct tcpip_address tcpip_address_from_ipv4(uint32_t value);
/*@ requires \valid(address);
    assigns *address;
    ensures address->family == TCPIP_IPV4; */
void tcpip_address_set_ipv4(struct tcpip_address *address, uint32_t value);

/* Without IPv6 there is one family, and an address of none is zero: then most questions are about one
 * word. */
/*@ requires \valid_read(address);
    assigns \nothing;
    ensures \result <==> ipconfigUSE_IPv6 != 0 && address->family == TCPIP_IPV6; */
static inline bool tcpip_address_is_ipv6(const struct tcpip_address *address)
{
    return ipconfigUSE_IPv6 && address->family == TCPIP_IPV6;
}

/*@ requires \valid_read(address);
    assigns \nothing; */
static inline bool tcpip_address_is_ipv4(const struct tcpip_address *address)
{
    return !ipconfigUSE_IPv6 || address->family == TCPIP_IPV4;
}

/* Zero for an address of another family. */
/*@ requires \valid_read(address);
    assigns \nothing; */
static inline uint32_t tcpip_address_ipv4(const struct tcpip_address *address)
{
    return tcpip_address_is_ipv4(address) ? tcpip_get_be32(address->bytes) : 0;
}

/* 16 bytes in network order. */
/*@ requires tcpip_readable(bytes, 16);
    assigns \nothing;
    ensures \result.family == TCPIP_IPV6; */
struct tcpip_address tcpip_address_from_ipv6(const uint8_t *bytes);
/*@ requires tcpip_readable(bytes, 16) && \valid(address);
    requires \separated(address, bytes + (0 .. 15));
    assigns *address;
    ensures address->family == TCPIP_IPV6; */
void tcpip_address_set_ipv6(struct tcpip_address *address, const uint8_t *bytes);

/*@ requires \valid_read(a) && \valid_read(b);
    assigns \nothing;
    ensures \result ==> a->family == b->family; */
bool tcpip_address_same(const struct tcpip_address *a, const struct tcpip_address *b);

/*@ requires \valid_read(a) && \valid_read(b);
    assigns \nothing;
    ensures ipconfigUSE_IPv6 != 0 && \result ==> a->family == b->family; */
static inline bool tcpip_address_equal(const struct tcpip_address *a, const struct tcpip_address *b)
{
    return ipconfigUSE_IPv6 ? tcpip_address_same(a, b)
                            : tcpip_get_be32(a->bytes) == tcpip_get_be32(b->bytes);
}

/* Bytes that an address of this family takes on the wire; 0 for an unknown family, where there are
 * several. */
/*@ requires \valid_read(address);
    assigns \nothing;
    ensures \result == 0 || \result == 4 || \result == TCPIP_ADDRESS_SIZE; */
static inline size_t tcpip_address_size(const struct tcpip_address *address)
{
    if (!ipconfigUSE_IPv6)
        return TCPIP_ADDRESS_SIZE;
    return address->family == TCPIP_IPV4    ? 4
           : tcpip_address_is_ipv6(address) ? TCPIP_ADDRESS_SIZE
                                            : 0;
}

/* Of IPv6: every byte is zero but the last one, which is `last`. */
/*@ requires \valid_read(address);
    assigns \nothing; */
bool tcpip_address_is_number(const struct tcpip_address *address, uint8_t last);

/* 0.0.0.0, ::, or no family at all. */
/*@ requires \valid_read(address);
    assigns \nothing; */
static inline bool tcpip_address_is_any(const struct tcpip_address *address)
{
    return ipconfigUSE_IPv6 ? tcpip_address_is_number(address, 0)
                            : tcpip_get_be32(address->bytes) == 0;
}

/* 224.0.0.0/4, ff00::/8. */
/*@ requires \valid_read(address);
    assigns \nothing; */
bool tcpip_address_is_multicast(const struct tcpip_address *address);

/* 127.0.0.0/8, ::1. */
/*@ requires \valid_read(address);
    assigns \nothing; */
static inline bool tcpip_address_is_loopback(const struct tcpip_address *address)
{
    return tcpip_address_is_ipv6(address) ? tcpip_address_is_number(address, 1)
                                          : address->bytes[0] == 127u;
}

/* 255.255.255.255. */
/*@ requires \valid_read(address);
    assigns \nothing; */
static inline bool tcpip_address_is_broadcast(const struct tcpip_address *address)
{
    return tcpip_address_ipv4(address) == UINT32_MAX;
}

/* True when the first `prefix` bits of both are the same and the families are. */
/*@ requires \valid_read(a) && \valid_read(b);
    assigns \nothing;
    ensures \result ==> prefix <= 8 * TCPIP_ADDRESS_SIZE; */
bool tcpip_address_same_prefix(const struct tcpip_address *a, const struct tcpip_address *b,
                               unsigned prefix);

/* fe80::/10, 169.254.0.0/16. */
/*@ requires \valid_read(address);
    assigns \nothing; */
bool tcpip_address_is_link_local(const struct tcpip_address *address);

/* How far an address reaches, RFC 4291 2.7 and RFC 6724 3.1: the larger, the farther. */
enum tcpip_scope { TCPIP_SCOPE_LOOP = 1, TCPIP_SCOPE_LINK = 2, TCPIP_SCOPE_GLOBAL = 14 };
/*@ requires \valid_read(address);
    assigns \nothing; */
uint8_t tcpip_address_scope(const struct tcpip_address *address);

/* Bits of the contiguous mask of an IPv4 network, or -1. */
/*@ assigns \nothing;
    ensures -1 <= \result; */
int tcpip_mask_bits(uint32_t mask);
