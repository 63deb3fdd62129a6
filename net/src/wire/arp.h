/* SPDX-License-Identifier: MIT */
/*
 * ARP packets for IPv4 over Ethernet (RFC 826).
 */
#pragma once

#include "wire/ethernet.h"

enum { ARP_REQUEST = 1, ARP_REPLY = 2, ARP_PACKET_SIZE = 28 };

struct arp_packet {
    uint8_t sender_mac[NETIF_MAC_SIZE];
    uint16_t operation;
    uint8_t target_mac[NETIF_MAC_SIZE];
    uint32_t sender; /* host order */
    uint32_t target;
};

/* False: too short, or of other address types or sizes. Bytes behind the packet are padding. */
/*@ requires tcpip_readable(bytes, size) && \valid(packet);
    requires \separated(packet, bytes + (0 .. size - 1));
    assigns *packet;
    ensures \result ==> size >= ARP_PACKET_SIZE;
    ensures \result ==> packet->operation == tcpip_be16(bytes + 6);
    ensures \result ==> packet->sender == tcpip_be32(bytes + 14);
    ensures \result ==> packet->target == tcpip_be32(bytes + 24); */
bool tcpip_arp_parse(const uint8_t *bytes, size_t size, struct arp_packet *packet);

/* Writes ARP_PACKET_SIZE bytes. False: no room. */
/*@ requires tcpip_writable(bytes, size) && \valid_read(packet);
    requires \separated(packet, bytes + (0 .. size - 1));
    assigns bytes[0 .. ARP_PACKET_SIZE - 1];
    ensures \result <==> size >= ARP_PACKET_SIZE; */
bool tcpip_arp_build(uint8_t *bytes, size_t size, const struct arp_packet *packet);
