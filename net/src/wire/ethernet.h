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

struct ethernet_header {
    uint8_t destination[NETIF_MAC_SIZE];
    uint8_t source[NETIF_MAC_SIZE];
    uint16_t type;
};

static inline bool ethernet_is_group(const uint8_t mac[NETIF_MAC_SIZE])
{
    return mac[0] % 2u == 1u;
}

static inline bool ethernet_is_broadcast(const uint8_t mac[NETIF_MAC_SIZE])
{
    static const uint8_t all[NETIF_MAC_SIZE] = {255, 255, 255, 255, 255, 255};

    return memcmp(mac, all, sizeof all) == 0;
}

static inline bool ethernet_is_zero(const uint8_t mac[NETIF_MAC_SIZE])
{
    static const uint8_t none[NETIF_MAC_SIZE];

    return memcmp(mac, none, sizeof none) == 0;
}

static inline bool ethernet_equal(const uint8_t a[NETIF_MAC_SIZE], const uint8_t b[NETIF_MAC_SIZE])
{
    return memcmp(a, b, NETIF_MAC_SIZE) == 0;
}

static inline bool ethernet_read(struct tcpip_reader *reader, struct ethernet_header *header)
{
    return tcpip_read_bytes(reader, header->destination, NETIF_MAC_SIZE) &&
           tcpip_read_bytes(reader, header->source, NETIF_MAC_SIZE) &&
           tcpip_read_be16(reader, &header->type);
}

static inline bool ethernet_write(struct tcpip_writer *writer, const struct ethernet_header *header)
{
    return tcpip_write_bytes(writer, header->destination, NETIF_MAC_SIZE) &&
           tcpip_write_bytes(writer, header->source, NETIF_MAC_SIZE) &&
           tcpip_write_be16(writer, header->type);
}
