/* SPDX-License-Identifier: MIT */
/*
 * ARP packets for IPv4 over Ethernet (RFC 826).
 */
#pragma once

#include "wire/ethernet.h"

enum { ARP_REQUEST = 1, ARP_REPLY = 2, ARP_PACKET_SIZE = 28 };

struct arp_packet {
    uint16_t operation;
    uint8_t sender_mac[NETIF_MAC_SIZE];
    uint32_t sender; /* host order */
    uint8_t target_mac[NETIF_MAC_SIZE];
    uint32_t target;
};

/* False: too short, or of other address types or sizes. Bytes behind the packet are padding. */
bool tcpip_arp_parse(const uint8_t *bytes, size_t size, struct arp_packet *packet);

/* Writes ARP_PACKET_SIZE bytes. False: no room. */
bool tcpip_arp_build(uint8_t *bytes, size_t size, const struct arp_packet *packet);
