/* SPDX-License-Identifier: MIT */
/*
 * Classes of addresses: RFC 1122 3.2.1.3 and RFC 6890 for IPv4, RFC 4291 for IPv6.
 */
#include "core/address.h"

struct tcpip_address tcpip_address_from_ipv4(uint32_t value)
{
    struct tcpip_address address = {.family = TCPIP_IPV4};

    tcpip_put_be32(address.bytes, value);
    return address;
}

void tcpip_address_set_ipv4(struct tcpip_address *address, uint32_t value)
{
    address->family = TCPIP_IPV4;
    address->zone = 0;
    tcpip_put_be32(address->bytes, value);
    memset(address->bytes + 4, 0, sizeof address->bytes - 4);
}

#if ipconfigUSE_IPv6
bool tcpip_address_same(const struct tcpip_address *a, const struct tcpip_address *b)
{
    return a->family == b->family && memcmp(a->bytes, b->bytes, sizeof a->bytes) == 0;
}

void tcpip_address_set_ipv6(struct tcpip_address *address, const uint8_t *bytes)
{
    address->family = TCPIP_IPV6;
    address->zone = 0;
    memcpy(address->bytes, bytes, sizeof address->bytes);
}

struct tcpip_address tcpip_address_from_ipv6(const uint8_t *bytes)
{
    struct tcpip_address address;

    tcpip_address_set_ipv6(&address, bytes);
    return address;
}

bool tcpip_address_is_number(const struct tcpip_address *address, uint8_t last)
{
    size_t size = tcpip_address_size(address);
    uint8_t bits = last;

    if (size > 0)
        bits ^= address->bytes[--size];
    /*@ loop invariant size <= TCPIP_ADDRESS_SIZE;
        loop assigns size, bits;
        loop variant size; */
    while (size > 0)
        bits |= address->bytes[--size];
    return bits == 0;
}
#endif

bool tcpip_address_is_multicast(const struct tcpip_address *address)
{
    return tcpip_address_is_ipv6(address) ? address->bytes[0] == 0xffu
                                          : address->bytes[0] / 16u == 14u;
}

bool tcpip_address_is_link_local(const struct tcpip_address *address)
{
    return tcpip_address_is_ipv6(address)
               ? address->bytes[0] == 0xfeu && address->bytes[1] / 64u == 2u
               : address->bytes[0] == 169u && address->bytes[1] == 254u;
}

uint8_t tcpip_address_scope(const struct tcpip_address *address)
{
    if (tcpip_address_is_ipv6(address) && tcpip_address_is_multicast(address))
        return address->bytes[1] % 16u;
    if (tcpip_address_is_loopback(address))
        return TCPIP_SCOPE_LOOP;
    return tcpip_address_is_link_local(address) ? TCPIP_SCOPE_LINK : TCPIP_SCOPE_GLOBAL;
}

bool tcpip_address_same_prefix(const struct tcpip_address *a, const struct tcpip_address *b,
                               unsigned prefix)
{
    size_t at = 0;

    if (a->family != b->family || prefix > 8 * tcpip_address_size(a))
        return false;
    /*@ loop invariant 8 * at + prefix == \at(prefix, Pre) && at % 4 == 0;
        loop assigns prefix, at;
        loop variant prefix; */
    for (; prefix >= 32; prefix -= 32, at += 4)
        if (tcpip_get_be32(a->bytes + at) != tcpip_get_be32(b->bytes + at))
            return false;
    return prefix == 0 ||
           (tcpip_get_be32(a->bytes + at) ^ tcpip_get_be32(b->bytes + at)) >> (32 - prefix) == 0;
}

int tcpip_mask_bits(uint32_t mask)
{
    int bits = 0;

    /*@ loop invariant 0 <= bits && 2 * bits <= 0x100000000 - mask;
        loop assigns mask, bits;
        loop variant mask; */
    for (; mask >= UINT32_C(0x80000000); mask = (mask - UINT32_C(0x80000000)) * 2u)
        bits++;
    return mask == 0 ? bits : -1;
}
