/* SPDX-License-Identifier: MIT */
/*
 * Classes of addresses: RFC 1122 3.2.1.3 and RFC 6890 for IPv4, RFC 4291 for IPv6.
 */
#include "core/address.h"

static bool all_zero(const uint8_t *bytes, size_t size)
{
    for (size_t i = 0; i < size; i++)
        if (bytes[i] != 0)
            return false;
    return true;
}

bool tcpip_address_is_any(const struct tcpip_address *address)
{
    return all_zero(address->bytes, tcpip_address_size(address));
}

bool tcpip_address_is_multicast(const struct tcpip_address *address)
{
    if (address->family == TCPIP_IPV4)
        return address->bytes[0] / 16u == 14u;
    return address->family == TCPIP_IPV6 && address->bytes[0] == 0xffu;
}

bool tcpip_address_is_loopback(const struct tcpip_address *address)
{
    if (address->family == TCPIP_IPV4)
        return address->bytes[0] == 127u;
    return address->family == TCPIP_IPV6 && all_zero(address->bytes, 15) && address->bytes[15] == 1;
}

bool tcpip_address_is_broadcast(const struct tcpip_address *address)
{
    return address->family == TCPIP_IPV4 && tcpip_get_be32(address->bytes) == UINT32_MAX;
}

bool tcpip_address_same_prefix(const struct tcpip_address *a, const struct tcpip_address *b,
                               unsigned prefix)
{
    size_t whole = prefix / 8u;
    unsigned rest = prefix % 8u;

    if (a->family != b->family || prefix > tcpip_address_size(a) * 8u)
        return false;
    if (memcmp(a->bytes, b->bytes, whole) != 0)
        return false;
    return rest == 0 || (a->bytes[whole] ^ b->bytes[whole]) < 1u << (8u - rest);
}
