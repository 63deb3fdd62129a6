/* SPDX-License-Identifier: MIT */
/*
 * The Ethernet II header (IEEE 802.3 3.1.1 with a type field) and station addresses.
 */
#pragma once

#include <stdbool.h>
#include <string.h>

#include "netif.h"
#include "wire/bytes.h"

enum {
    ETHERNET_TYPE_LOWEST = 0x0600, /* what is less is a length (802.3 3.2.6) */
    ETHERNET_IPV4 = 0x0800,
    ETHERNET_ARP = 0x0806,
    ETHERNET_IPV6 = 0x86dd,
};

/* Where the fields stand in the NETIF_HEADER_SIZE bytes of the header, behind the destination. */
enum { ETHERNET_SOURCE_AT = NETIF_MAC_SIZE, ETHERNET_TYPE_AT = 2 * NETIF_MAC_SIZE };

/*@ requires tcpip_readable(mac, NETIF_MAC_SIZE);
    assigns \nothing;
    ensures \result <==> mac[0] % 2 == 1; */
static inline bool ethernet_is_group(const uint8_t mac[NETIF_MAC_SIZE])
{
    return mac[0] % 2u == 1u;
}

/*@ requires tcpip_readable(mac, NETIF_MAC_SIZE);
    assigns \nothing;
    ensures \result <==> tcpip_be32(mac) == 0 && tcpip_be16(mac + 4) == 0; */
static inline bool ethernet_is_zero(const uint8_t mac[NETIF_MAC_SIZE])
{
    return tcpip_get_be32(mac) == 0 && tcpip_get_be16(mac + 4) == 0;
}

/*@ requires tcpip_readable(a, NETIF_MAC_SIZE) && tcpip_readable(b, NETIF_MAC_SIZE);
    assigns \nothing;
    ensures \result <==> tcpip_be32(a) == tcpip_be32(b) && tcpip_be16(a + 4) == tcpip_be16(b + 4); */
static inline bool ethernet_equal(const uint8_t a[NETIF_MAC_SIZE], const uint8_t b[NETIF_MAC_SIZE])
{
    return tcpip_get_be32(a) == tcpip_get_be32(b) && tcpip_get_be16(a + 4) == tcpip_get_be16(b + 4);
}
