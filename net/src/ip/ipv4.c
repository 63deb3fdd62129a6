/* SPDX-License-Identifier: MIT */
/*
 * IPv4 in and out. A packet without our address passes only to an end-point that is still being
 * configured, as RFC 2131 4.1 lets a DHCP server answer before the address is set.
 */
#include "ip/ipv4.h"

#include "core/checksum.h"
#include "core/drop.h"
#include "core/end_point.h"
#include "core/frame.h"
#include "core/os.h"
#include "ip/fragment.h"
#include "ip/group.h"
#include "link/loop.h"
#include "wire/ethernet.h"
#include "wire/ipv4.h"

enum { CHECKSUM_OFFSET = 10, FIRST_GROUP = 224 };

static uint16_t next_id;

static const uint8_t reasons[] = {
    [IPV4_SHORT] = TCPIP_DROP_IP_SHORT,
    [IPV4_VERSION] = TCPIP_DROP_IP_VERSION,
    [IPV4_LENGTHS] = TCPIP_DROP_IP_HEADER,
    [IPV4_OPTIONS] = TCPIP_DROP_IP_OPTIONS,
};

/* RFC 1122 3.2.1.3: no group, no loop-back, not ourselves; 0.0.0.0 only while the sender has no
 * address. */
static bool source_is_host(const struct tcpip_packet *packet)
{
    const struct tcpip_address *source = &packet->source;

    if (source->bytes[0] >= FIRST_GROUP) /* what is behind groups is reserved */
        return false;
    return tcpip_loops(packet->interface) ||
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
    if (tcpip_loops(packet->interface)) {
        end_point = tcpip_end_point_find(destination);
        packet->end_point = end_point != NULL ? end_point : packet->interface->end_points;
        return end_point != NULL || tcpip_address_is_loopback(destination);
    }
    for (; end_point != NULL; end_point = end_point->next) {
        if (end_point->state != TCPIP_END_POINT_UP ||
            !tcpip_address_is_ipv4(&end_point->active.address))
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

static bool checksum_is_right(const struct tcpip_interface *interface, const uint8_t *header,
                              size_t size)
{
    return (interface->features & NETIF_RX_CHECKSUM_IP) != 0 ||
           tcpip_checksum_finish(tcpip_checksum_ipv4(header, size)) == 0;
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
                                   .offset = (uint16_t)(8u * (header->fragment % IPV4_OFFSETS)),
                                   .more = (header->fragment & IPV4_MORE_FRAGMENTS) != 0,
                               },
                               &packet->ip_header_size);
    if (whole == NULL)
        return;
    packet->frame = whole;
    tcpip_ip_deliver(packet);
}

void tcpip_ipv4_input(struct tcpip_interface *interface, struct netif_frame *frame, bool to_group)
{
    struct ipv4_header header;
    enum ipv4_result result = tcpip_ipv4_parse(frame->data, frame->length, &header);

    if (result != IPV4_OK) {
        tcpip_drop(frame, reasons[result]);
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
    if (!checksum_is_right(interface, frame->data, header.header_size))
        tcpip_drop(frame, TCPIP_DROP_IP_CHECKSUM);
    else if (header.header_size > IPV4_HEADER_SIZE && !ipconfigIP_PASS_PACKETS_WITH_IP_OPTIONS)
        tcpip_drop(frame, TCPIP_DROP_IP_OPTIONS);
    else if (!source_is_host(&packet))
        tcpip_drop(frame, TCPIP_DROP_IP_SOURCE);
    else if (!find_receiver(&packet))
        tcpip_drop(frame, TCPIP_DROP_IP_DESTINATION);
    else if (ipv4_is_fragment(&header))
        take_fragment(&packet, &header);
    else {
        frame->length = (uint16_t)(header.total_size - header.header_size); /* no padding */
        frame->data += header.header_size;
        tcpip_ip_deliver(&packet);
    }
}

/* RFC 1112 6.4: the low 23 bits of a group's address. */
void tcpip_ipv4_group_mac(const struct tcpip_address *group, uint8_t mac[NETIF_MAC_SIZE])
{
    mac[0] = 0x01;
    mac[1] = 0x00;
    mac[2] = 0x5e;
    mac[3] = group->bytes[1] % 128u;
    mac[4] = group->bytes[2];
    mac[5] = group->bytes[3];
}

/* `options` bytes of options stand at the frame's start already, a multiple of four. */
static bool send(const struct tcpip_route *route, struct netif_frame *frame,
                 const struct tcpip_address *destination, const struct tcpip_protocol *protocol,
                 size_t options)
{
    if (!tcpip_frame_push(frame, IPV4_HEADER_SIZE)) {
        tcpip_drop(frame, TCPIP_DROP_OUT_TOO_BIG);
        return false;
    }
    uint8_t *bytes = frame->data;
    struct ipv4_header header = {.total_size = (uint16_t)(frame->length + frame->more_length),
                                 .id = next_id++,
                                 .fragment = ipconfigFORCE_IP_DONT_FRAGMENT ? IPV4_DONT_FRAGMENT
                                                                            : 0,
                                 .ttl = tcpip_ip_time_to_live(route, protocol),
                                 .protocol = protocol->number,
                                 .source = tcpip_address_ipv4(&route->source),
                                 .destination = tcpip_address_ipv4(destination)};
    ipv4_build(bytes, IPV4_HEADER_SIZE, &header); /* the push made room */
    bytes[0] = (uint8_t)(bytes[0] + options / 4);
    if ((route->interface->features & NETIF_TX_CHECKSUM_IP) == 0)
        tcpip_put_be16(bytes + CHECKSUM_OFFSET, tcpip_checksum_finish(tcpip_checksum_ipv4(
                                                    bytes, IPV4_HEADER_SIZE + options)));
    return tcpip_ip_transmit(route, frame, destination);
}

bool tcpip_ipv4_output(const struct tcpip_route *route, struct netif_frame *frame,
                       const struct tcpip_address *destination,
                       const struct tcpip_protocol *protocol)
{
    return send(route, frame, destination, protocol, 0);
}

#if ipconfigUSE_IGMP
/* RFC 2113. */
bool tcpip_ipv4_alert(const struct tcpip_route *route, struct netif_frame *frame,
                      const struct tcpip_address *destination)
{
    static const uint8_t option[4] = {0x94, 4, 0, 0};
    static const struct tcpip_protocol igmp = {.number = IPV4_PROTOCOL_IGMP, .time_to_live = 1};

    if (tcpip_frame_push(frame, sizeof option))
        memcpy(frame->data, option, sizeof option);
    return send(route, frame, destination, &igmp, sizeof option);
}

#endif
