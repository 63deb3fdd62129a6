/* SPDX-License-Identifier: MIT */
/*
 * The fixed first six bytes say Ethernet (1), IPv4 (0x0800) and their address sizes (6, 4).
 */
#include "wire/arp.h"

enum { OPERATION_AT = 6, SENDER_MAC_AT = 8, SENDER_AT = 14, TARGET_MAC_AT = 18, TARGET_AT = 24 };

enum { SIZES_AT = 4, TYPES = 0x10800, SIZES = NETIF_MAC_SIZE * 256 + 4 };

bool tcpip_arp_parse(const uint8_t *bytes, size_t size, struct arp_packet *packet)
{
    if (size < ARP_PACKET_SIZE || tcpip_get_be32(bytes) != TYPES ||
        tcpip_get_be16(bytes + SIZES_AT) != SIZES)
        return false;
    packet->operation = tcpip_get_be16(bytes + OPERATION_AT);
    memcpy(packet->sender_mac, bytes + SENDER_MAC_AT, NETIF_MAC_SIZE);
    packet->sender = tcpip_get_be32(bytes + SENDER_AT);
    memcpy(packet->target_mac, bytes + TARGET_MAC_AT, NETIF_MAC_SIZE);
    packet->target = tcpip_get_be32(bytes + TARGET_AT);
    return true;
}

bool tcpip_arp_build(uint8_t *bytes, size_t size, const struct arp_packet *packet)
{
    if (size < ARP_PACKET_SIZE)
        return false;
    tcpip_put_be32(bytes, TYPES);
    tcpip_put_be16(bytes + SIZES_AT, SIZES);
    tcpip_put_be16(bytes + OPERATION_AT, packet->operation);
    memcpy(bytes + SENDER_MAC_AT, packet->sender_mac, NETIF_MAC_SIZE);
    tcpip_put_be32(bytes + SENDER_AT, packet->sender);
    memcpy(bytes + TARGET_MAC_AT, packet->target_mac, NETIF_MAC_SIZE);
    tcpip_put_be32(bytes + TARGET_AT, packet->target);
    return true;
}
