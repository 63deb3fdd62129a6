/* SPDX-License-Identifier: MIT */
/*
 * The fixed first eight bytes say Ethernet (1), IPv4 (0x0800) and their address sizes (6, 4).
 */
#include "wire/arp.h"

enum { HARDWARE_ETHERNET = 1, IPV4_SIZE = 4 };

static bool read_types(struct tcpip_reader *reader)
{
    uint16_t hardware;
    uint16_t protocol;
    uint8_t hardware_size;
    uint8_t protocol_size;

    return tcpip_read_be16(reader, &hardware) && tcpip_read_be16(reader, &protocol) &&
           tcpip_read_u8(reader, &hardware_size) && tcpip_read_u8(reader, &protocol_size) &&
           hardware == HARDWARE_ETHERNET && protocol == ETHERNET_IPV4 &&
           hardware_size == NETIF_MAC_SIZE && protocol_size == IPV4_SIZE;
}

bool tcpip_arp_parse(const uint8_t *bytes, size_t size, struct arp_packet *packet)
{
    struct tcpip_reader reader = tcpip_reader_of(bytes, size);

    return read_types(&reader) && tcpip_read_be16(&reader, &packet->operation) &&
           tcpip_read_bytes(&reader, packet->sender_mac, NETIF_MAC_SIZE) &&
           tcpip_read_be32(&reader, &packet->sender) &&
           tcpip_read_bytes(&reader, packet->target_mac, NETIF_MAC_SIZE) &&
           tcpip_read_be32(&reader, &packet->target);
}

bool tcpip_arp_build(uint8_t *bytes, size_t size, const struct arp_packet *packet)
{
    struct tcpip_writer writer = tcpip_writer_of(bytes, size);

    return tcpip_write_be16(&writer, HARDWARE_ETHERNET) &&
           tcpip_write_be16(&writer, ETHERNET_IPV4) && tcpip_write_u8(&writer, NETIF_MAC_SIZE) &&
           tcpip_write_u8(&writer, IPV4_SIZE) && tcpip_write_be16(&writer, packet->operation) &&
           tcpip_write_bytes(&writer, packet->sender_mac, NETIF_MAC_SIZE) &&
           tcpip_write_be32(&writer, packet->sender) &&
           tcpip_write_bytes(&writer, packet->target_mac, NETIF_MAC_SIZE) &&
           tcpip_write_be32(&writer, packet->target);
}
