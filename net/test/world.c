/* SPDX-License-Identifier: MIT */
#include "world.h"

#include <string.h>

#include "core/checksum.h"
#include "core/drop.h"
#include "core/frame.h"
#include "core/stack.h"
#include "wire/arp.h"
#include "wire/icmp.h"
#include "wire/ipv4.h"
#include "wire/udp.h"

struct world world;

void world_begin(bool dhcp)
{
    wire_init(&world.wire, 1);
    tcpip_stack_init();
    tcpip_drops_reset();
    tcpip_stack_attach(&world.interface, &world.wire.netif);
    world.end_point = (struct tcpip_end_point){.wants_dhcp = dhcp};
    if (!dhcp)
        world.end_point.defaults = (struct tcpip_configuration){
            .address = tcpip_address_from_ipv4(WIRE_OWN),
            .gateway = tcpip_address_from_ipv4(0x0a0000fe),
            .dns = {tcpip_address_from_ipv4(0x0a000035), tcpip_address_from_ipv4(0x0a000036)},
            .dns_count = 2,
            .prefix = 24};
    tcpip_end_point_link(&world.interface, &world.end_point);
    host_run(0);
}

void world_end(void)
{
    tcpip_stack_shutdown();
    CHECK(tcpip_frames_all_free());
    CHECK(tcpip_timers_idle());
    CHECK_EQUAL(0, host_allocations);
}

size_t world_ethernet(uint8_t *bytes, uint16_t type, const uint8_t *payload, size_t size)
{
    memcpy(bytes, world.wire.netif.mac, NETIF_MAC_SIZE);
    memcpy(bytes + 6, world.wire.peer_mac, NETIF_MAC_SIZE);
    tcpip_put_be16(bytes + 12, type);
    if (size > 0)
        memmove(bytes + NETIF_HEADER_SIZE, payload, size);
    return NETIF_HEADER_SIZE + size;
}

size_t world_ipv4(uint8_t *bytes, uint32_t source, uint32_t destination, uint8_t protocol,
                  const uint8_t *payload, size_t size)
{
    uint8_t packet[WIRE_FRAME_SIZE];
    struct ipv4_header header = {.total_size = (uint16_t)(IPV4_HEADER_SIZE + size),
                                 .ttl = 64,
                                 .protocol = protocol,
                                 .source = source,
                                 .destination = destination};

    ipv4_build(packet, sizeof packet, &header);
    tcpip_put_be16(packet + 10,
                   tcpip_checksum_finish(tcpip_checksum_add(0, packet, IPV4_HEADER_SIZE)));
    if (size > 0)
        memcpy(packet + IPV4_HEADER_SIZE, payload, size);
    return world_ethernet(bytes, ETHERNET_IPV4, packet, IPV4_HEADER_SIZE + size);
}

size_t world_udp(uint8_t *bytes, uint32_t source, uint16_t source_port, uint32_t destination,
                 uint16_t destination_port, const uint8_t *payload, size_t size)
{
    uint8_t datagram[WIRE_FRAME_SIZE];
    struct udp_header header = {source_port, destination_port, (uint16_t)(UDP_HEADER_SIZE + size),
                                0};
    struct tcpip_address from = tcpip_address_from_ipv4(source);
    struct tcpip_address to = tcpip_address_from_ipv4(destination);

    udp_build(datagram, sizeof datagram, &header);
    if (size > 0)
        memcpy(datagram + UDP_HEADER_SIZE, payload, size);
    uint32_t sum = tcpip_checksum_pseudo(&from, &to, IPV4_PROTOCOL_UDP, header.length);
    uint16_t checksum = tcpip_checksum_finish(tcpip_checksum_add(sum, datagram, header.length));
    tcpip_put_be16(datagram + UDP_CHECKSUM_OFFSET, checksum == 0 ? 0xffff : checksum);
    return world_ipv4(bytes, source, destination, IPV4_PROTOCOL_UDP, datagram, header.length);
}

void world_receive(const uint8_t *bytes, size_t length)
{
    wire_deliver(&world.wire, bytes, length);
    host_run(0);
}

void world_arp(uint16_t operation, uint32_t sender, uint32_t target, const uint8_t *mac)
{
    uint8_t packet[ARP_PACKET_SIZE];
    uint8_t frame[NETIF_HEADER_SIZE + ARP_PACKET_SIZE];
    struct arp_packet arp = {.operation = operation, .sender = sender, .target = target};

    memcpy(arp.sender_mac, mac != NULL ? mac : world.wire.peer_mac, NETIF_MAC_SIZE);
    tcpip_arp_build(packet, sizeof packet, &arp);
    size_t length = world_ethernet(frame, ETHERNET_ARP, packet, sizeof packet);
    memcpy(frame + 6, arp.sender_mac, NETIF_MAC_SIZE);
    world_receive(frame, length);
}
