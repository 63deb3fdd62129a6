/* SPDX-License-Identifier: MIT */
/*
 * IPv4 in and out. A packet without our address passes only to an end-point that is still being
 * configured, as RFC 2131 4.1 lets a DHCP server answer before the address is set.
 */
#include "ip/ipv4.h"

#include "core/checksum.h"
#include "core/claim.h"
#include "core/drop.h"
#include "core/end_point.h"
#include "core/frame.h"
#include "core/os.h"
#include "ip/fragment.h"
#include "ip/group.h"
#include "link/arp.h"
#include "wire/ethernet.h"
#include "wire/ipv4.h"

enum { CHECKSUM_OFFSET = 10, ASK_INTERVAL_MS = 1000 };

static uint16_t next_id;

static enum tcpip_drop reason_of(enum ipv4_result result)
{
    switch (result) {
    case IPV4_SHORT:
        return TCPIP_DROP_IP_SHORT;
    case IPV4_VERSION:
        return TCPIP_DROP_IP_VERSION;
    case IPV4_OPTIONS:
        return TCPIP_DROP_IP_OPTIONS;
    default:
        return TCPIP_DROP_IP_HEADER;
    }
}

/* RFC 1122 3.2.1.3: no group, no loop-back, not ourselves; 0.0.0.0 only while the sender has no
 * address. */
static bool source_is_host(const struct tcpip_packet *packet)
{
    const struct tcpip_address *source = &packet->source;

    if (tcpip_address_is_multicast(source) || source->bytes[0] >= 240u)
        return false;
    return packet->interface->loops ||
           (!tcpip_address_is_loopback(source) && tcpip_end_point_find(source) == NULL);
}

static bool configuring(const struct tcpip_interface *interface)
{
    const struct tcpip_end_point *end_point = interface->end_points;

    while (end_point != NULL &&
           (end_point->state != TCPIP_END_POINT_CONFIGURING || end_point->dhcp == NULL))
        end_point = end_point->next;
    return end_point != NULL;
}

/* Finds whom the packet is for. False: for another host. */
static bool find_receiver(struct tcpip_packet *packet)
{
    const struct tcpip_address *destination = &packet->destination;
    struct tcpip_end_point *end_point = packet->interface->end_points;
    bool group = tcpip_address_is_multicast(destination);

    if (group && !tcpip_group_member(packet->interface, destination))
        return false;
    if (ipconfigUSE_LOOPBACK && packet->interface->loops) {
        end_point = tcpip_end_point_find(destination);
        packet->end_point = end_point != NULL ? end_point : packet->interface->end_points;
        return end_point != NULL || tcpip_address_is_loopback(destination);
    }
    for (; end_point != NULL; end_point = end_point->next) {
        if (end_point->state != TCPIP_END_POINT_UP ||
            end_point->active.address.family != TCPIP_IPV4)
            continue;
        packet->end_point = end_point;
        if (tcpip_address_equal(&end_point->active.address, destination))
            return true;
        if (group || tcpip_end_point_broadcast(end_point, destination)) {
            packet->to_group = true;
            return true;
        }
    }
    packet->end_point = NULL;
    packet->to_group = packet->to_group || group || tcpip_address_is_broadcast(destination);
    return packet->protocol == IPV4_PROTOCOL_UDP && configuring(packet->interface);
}

static bool checksum_is_right(const struct netif *netif, const uint8_t *header, size_t size)
{
    return (netif->driver->features & NETIF_RX_CHECKSUM_IP) != 0 ||
           tcpip_checksum_finish(tcpip_checksum_ipv4(header, size)) == 0;
}

static bool is_fragment(const struct ipv4_header *header)
{
    return header->more_fragments || header->fragment_offset != 0;
}

static void take_fragment(struct tcpip_packet *packet, const struct ipv4_header *header)
{
    struct netif_frame *whole;

    if (!ipconfigUSE_REASSEMBLY) {
        tcpip_drop(packet->frame, TCPIP_DROP_IP_FRAGMENT);
        return;
    }
    packet->frame->length = header->total_size; /* no padding */
    whole = tcpip_fragment_add(packet,
                               &(struct tcpip_fragment){
                                   .id = header->id,
                                   .protocol = header->protocol,
                                   .header_size = header->header_size,
                                   .payload_at = header->header_size,
                                   .offset = (uint16_t)(8u * header->fragment_offset),
                                   .more = header->more_fragments,
                               },
                               &packet->ip_header_size);
    if (whole == NULL)
        return;
    packet->frame = whole;
    tcpip_ip_deliver(packet);
}

static void input(struct tcpip_interface *interface, struct netif_frame *frame, bool to_group)
{
    struct ipv4_header header;
    enum ipv4_result result = tcpip_ipv4_parse(frame->data, frame->length, &header);

    if (result != IPV4_OK) {
        tcpip_drop(frame, reason_of(result));
        return;
    }
    struct tcpip_packet packet = {.frame = frame,
                                  .interface = interface,
                                  .source = tcpip_address_from_ipv4(header.source),
                                  .destination = tcpip_address_from_ipv4(header.destination),
                                  .protocol = header.protocol,
                                  .ttl = header.ttl,
                                  .to_group = to_group,
                                  .ip_header_size = header.header_size};
    if (!checksum_is_right(interface->netif, frame->data, header.header_size))
        tcpip_drop(frame, TCPIP_DROP_IP_CHECKSUM);
    else if (header.header_size > IPV4_HEADER_SIZE && !ipconfigIP_PASS_PACKETS_WITH_IP_OPTIONS)
        tcpip_drop(frame, TCPIP_DROP_IP_OPTIONS);
    else if (!source_is_host(&packet))
        tcpip_drop(frame, TCPIP_DROP_IP_SOURCE);
    else if (!find_receiver(&packet))
        tcpip_drop(frame, TCPIP_DROP_IP_DESTINATION);
    else if (is_fragment(&header))
        take_fragment(&packet, &header);
    else {
        frame->length = (uint16_t)(header.total_size - header.header_size); /* no padding */
        frame->data += header.header_size;
        tcpip_ip_deliver(&packet);
    }
}

/* `options` bytes of options stand at the frame's start already, a multiple of four. */
static bool put_header(const struct tcpip_route *route, struct netif_frame *frame,
                       const struct tcpip_address *destination, const struct ipv4_header *wanted,
                       size_t options)
{
    const struct netif *netif = route->interface->netif;
    size_t size = (size_t)frame->length + frame->more_length + IPV4_HEADER_SIZE;
    struct ipv4_header header = {.total_size = (uint16_t)size,
                                 .id = next_id++,
                                 .dont_fragment = ipconfigFORCE_IP_DONT_FRAGMENT,
                                 .ttl = wanted->ttl,
                                 .protocol = wanted->protocol,
                                 .source = tcpip_address_ipv4(&route->source),
                                 .destination = tcpip_address_ipv4(destination)};

    if (!tcpip_frame_push(frame, IPV4_HEADER_SIZE) ||
        !tcpip_ipv4_build(frame->data, IPV4_HEADER_SIZE, &header))
        return false;
    uint32_t sum = tcpip_ipv4_header_sum(&header);
    if (options > 0) {
        frame->data[0] = (uint8_t)(frame->data[0] + options / 4);
        sum = tcpip_checksum_add(sum + (uint32_t)options / 4 * 256u, frame->data + IPV4_HEADER_SIZE,
                                 options);
    }
    if ((netif->driver->features & NETIF_TX_CHECKSUM_IP) == 0)
        tcpip_put_be16(frame->data + CHECKSUM_OFFSET, tcpip_checksum_finish(sum));
    return true;
}

/* RFC 1112 6.4: the low 23 bits of a group's address. */
static void group_mac(const struct tcpip_address *group, uint8_t mac[NETIF_MAC_SIZE])
{
    mac[0] = 0x01;
    mac[1] = 0x00;
    mac[2] = 0x5e;
    mac[3] = group->bytes[1] % 128u;
    mac[4] = group->bytes[2];
    mac[5] = group->bytes[3];
}

static bool send(const struct tcpip_route *route, struct netif_frame *frame,
                 const struct tcpip_address *destination, const struct ipv4_header *wanted,
                 size_t options)
{
    if (!put_header(route, frame, destination, wanted, options)) {
        tcpip_drop(frame, TCPIP_DROP_OUT_TOO_BIG);
        return false;
    }
    return tcpip_ip_transmit(route, frame, destination);
}

static bool output(const struct tcpip_route *route, struct netif_frame *frame,
                   const struct tcpip_address *destination, uint8_t protocol, uint8_t ttl)
{
    struct ipv4_header wanted = {.ttl = ttl, .protocol = protocol};

    return send(route, frame, destination, &wanted, 0);
}

#if ipconfigUSE_IGMP
/* RFC 2113. */
static bool alert(const struct tcpip_route *route, struct netif_frame *frame,
                  const struct tcpip_address *destination)
{
    static const uint8_t option[4] = {0x94, 4, 0, 0};
    struct ipv4_header wanted = {.ttl = 1, .protocol = IPV4_PROTOCOL_IGMP};

    if (tcpip_frame_push(frame, sizeof option))
        memcpy(frame->data, option, sizeof option);
    return send(route, frame, destination, &wanted, sizeof option);
}

#endif

static const struct tcpip_neighbour_pace *pace(const struct tcpip_interface *interface)
{
    static const struct tcpip_neighbour_pace always = {
        .reachable_ms = ipconfigMAX_ARP_AGE * 10000u,
        .interval_ms = ASK_INTERVAL_MS,
        .questions = ipconfigMAX_ARP_RETRANSMISSIONS,
    };

    return &always;
}

const struct tcpip_ip_family tcpip_ip_v4 = {
    .family = TCPIP_IPV4,
    .ethernet_type = ETHERNET_IPV4,
    .header_size = IPV4_HEADER_SIZE,
    .input = input,
    .output = output,
    .solicit = tcpip_arp_request,
#if TCPIP_CLAIMS
    .probe = tcpip_arp_probe,
#endif
    .announce = tcpip_arp_announce,
#if ipconfigUSE_IGMP
    .alert = alert,
#endif
    .pace = pace,
    .group_mac = group_mac,
};
