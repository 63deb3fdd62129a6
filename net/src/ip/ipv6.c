/* SPDX-License-Identifier: MIT */
/*
 * A packet is first held against its own lengths, then against who may have sent it and whom it is
 * for; only then is its chain of extension headers followed. What the chain demands to be
 * answered is answered by ICMPv6, which limits its own rate.
 */
#include "ip/ipv6.h"

#if ipconfigUSE_IPv6

#include "core/drop.h"
#include "core/end_point.h"
#include "core/frame.h"
#include "ip/fragment.h"
#include "ip/group.h"
#include "ip/icmp.h"
#include "ip/nd.h"
#include "link/loop.h"
#include "wire/ethernet.h"
#include "wire/ipv6.h"

const struct tcpip_address tcpip_ipv6_nobody = {.family = TCPIP_IPV6};
const struct tcpip_address tcpip_ipv6_all_nodes = {TCPIP_IPV6, 0, {[0] = 0xff, 2, [15] = 1}};
const struct tcpip_address tcpip_ipv6_all_routers = {TCPIP_IPV6, 0, {[0] = 0xff, 2, [15] = 2}};

const struct tcpip_address tcpip_ipv6_solicited_nodes = {
    TCPIP_IPV6, 0, {[0] = 0xff, 2, [11] = 1, 0xff}};

struct tcpip_address tcpip_ipv6_solicited_node(const struct tcpip_address *address)
{
    struct tcpip_address group = tcpip_ipv6_solicited_nodes;

    group.zone = address->zone;
    memcpy(group.bytes + 13, address->bytes + 13, 3);
    return group;
}

void tcpip_ipv6_address(struct tcpip_address *address, const struct tcpip_interface *interface,
                        const uint8_t *bytes)
{
    tcpip_address_set_ipv6(address, bytes);
    if (tcpip_address_scope(address) <= TCPIP_SCOPE_LINK)
        address->zone = interface->number;
}

/* Finds whom the packet is for. False: for another host. */
static bool find_receiver(struct tcpip_packet *packet)
{
    struct tcpip_end_point *end_point = tcpip_end_point_find(&packet->destination);

    if (tcpip_address_is_multicast(&packet->destination)) {
        packet->to_group = true;
        packet->end_point = tcpip_end_point_on(packet->interface, TCPIP_IPV6);
        return tcpip_group_member(packet->interface, &packet->destination);
    }
    packet->end_point = end_point;
    return end_point != NULL &&
           (end_point->interface == packet->interface || tcpip_loops(packet->interface));
}

/* Of the senders, :: is one that has no address yet. */
static bool source_is_host(const struct tcpip_packet *packet)
{
    return !tcpip_address_is_multicast(&packet->source) &&
           (tcpip_loops(packet->interface) || (!tcpip_address_is_loopback(&packet->source) &&
                                               tcpip_end_point_find(&packet->source) == NULL));
}

static void go_on(struct tcpip_packet *packet, bool is_whole);

/* RFC 8200 4.5: in the whole, what named the fragment header names what stood behind it. */
static void take_fragment(struct tcpip_packet *packet, const struct ipv6_chain *chain)
{
    struct netif_frame *whole;
    uint16_t header_size;

    if (!ipconfigUSE_REASSEMBLY) {
        tcpip_drop(packet->frame, TCPIP_DROP_IP_FRAGMENT);
        return;
    }
    if (chain->more_fragments && (packet->frame->length - chain->offset) % 8 != 0)
        tcpip_icmp_problem(packet, 0, 4, false);            /* the payload's length */
    packet->frame->data[chain->named_at] = chain->protocol; /* the first piece's counts */
    whole = tcpip_fragment_add(packet,
                               &(struct tcpip_fragment){
                                   .id = chain->fragment_id,
                                   .header_size = chain->next_at,
                                   .payload_at = chain->offset,
                                   .offset = chain->fragment_offset,
                                   .more = chain->more_fragments,
                               },
                               &header_size);
    if (whole == NULL)
        return;
    (void)tcpip_frame_push(whole, header_size); /* it is there already */
    tcpip_put_be16(whole->data + 4, (uint16_t)(whole->length - IPV6_HEADER_SIZE));
    packet->frame = whole;
    go_on(packet, true);
}

/* Follows the chain of headers and does what it leads to. What was put together is not put together
 * again. */
static void go_on(struct tcpip_packet *packet, bool is_whole)
{
    struct ipv6_chain chain = {.next_at = IPV6_NEXT_AT, .offset = IPV6_HEADER_SIZE};
    struct netif_frame *frame = packet->frame;
    enum ipv6_result result = tcpip_ipv6_walk(frame->data, frame->length, &chain);

    packet->protocol = chain.protocol;
    packet->protocol_at = chain.next_at;
    switch (result) {
    case IPV6_OK:
        packet->ip_header_size = chain.offset;
        frame->length = (uint16_t)(frame->length - chain.offset);
        frame->data += chain.offset;
        if (chain.protocol == IPV6_NOTHING)
            tcpip_drop(frame, TCPIP_DROP_IP_PROTOCOL);
        else
            tcpip_ip_deliver(packet);
        break;
    case IPV6_FRAGMENTED:
        if (is_whole)
            tcpip_drop(frame, TCPIP_DROP_IP_FRAGMENT);
        else
            take_fragment(packet, &chain);
        break;
    case IPV6_PROBLEM:
        tcpip_icmp_problem(packet, chain.code, chain.pointer, chain.even_to_group);
        tcpip_drop(frame, TCPIP_DROP_IP_OPTIONS);
        break;
    default:
        tcpip_drop(frame, result == IPV6_SHORT ? TCPIP_DROP_IP_SHORT : TCPIP_DROP_IP_OPTIONS);
        break;
    }
}

void tcpip_ipv6_input(struct tcpip_interface *interface, struct netif_frame *frame, bool to_group)
{
    struct ipv6_header header;
    enum ipv6_result result = tcpip_ipv6_parse(frame->data, frame->length, &header);

    if (result != IPV6_OK) {
        tcpip_drop(frame, result == IPV6_VERSION ? TCPIP_DROP_IP_VERSION : TCPIP_DROP_IP_SHORT);
        return;
    }
    struct tcpip_packet packet = {
        .frame = frame, .interface = interface, .ttl = header.hop_limit, .to_group = to_group};

    tcpip_ipv6_address(&packet.source, interface, header.source);
    tcpip_ipv6_address(&packet.destination, interface, header.destination);
    if (header.payload_size > frame->length - IPV6_HEADER_SIZE) {
        tcpip_drop(frame, TCPIP_DROP_IP_SHORT);
    } else if (!source_is_host(&packet)) {
        tcpip_drop(frame, TCPIP_DROP_IP_SOURCE);
    } else if (!find_receiver(&packet)) {
        tcpip_drop(frame, TCPIP_DROP_IP_DESTINATION);
    } else {
        frame->length = (uint16_t)(IPV6_HEADER_SIZE + header.payload_size); /* no padding */
        go_on(&packet, false);
    }
}

bool tcpip_ipv6_output(const struct tcpip_route *route, struct netif_frame *frame,
                       const struct tcpip_address *destination,
                       const struct tcpip_protocol *protocol)
{
    if (!tcpip_frame_push(frame, IPV6_HEADER_SIZE)) {
        tcpip_drop(frame, TCPIP_DROP_OUT_TOO_BIG);
        return false;
    }
    struct ipv6_header header = {
        .payload_size = (uint16_t)(frame->length + frame->more_length - IPV6_HEADER_SIZE),
        .next = protocol->number,
        .hop_limit = tcpip_ip_time_to_live(route, protocol),
        .source = route->source.bytes,
        .destination = destination->bytes};
    ipv6_build(frame->data, IPV6_HEADER_SIZE, &header); /* the push made room */
    return tcpip_ip_transmit(route, frame, destination);
}

/* RFC 2711: a router alert of the value for MLD, and padding. */
bool tcpip_ipv6_alert(const struct tcpip_route *route, struct netif_frame *frame,
                      const struct tcpip_address *destination)
{
    static const uint8_t header[8] = {IPV6_PROTOCOL_ICMP, 0, 5, 2, 0, 0, 1, 0};
    static const struct tcpip_protocol options = {.number = IPV6_HOP_BY_HOP, .time_to_live = 1};

    if (!tcpip_frame_push(frame, sizeof header)) {
        tcpip_drop(frame, TCPIP_DROP_OUT_TOO_BIG);
        return false;
    }
    memcpy(frame->data, header, sizeof header);
    return tcpip_ipv6_output(route, frame, destination, &options);
}

/* RFC 2464 7. */
void tcpip_ipv6_group_mac(const struct tcpip_address *group, uint8_t mac[NETIF_MAC_SIZE])
{
    mac[0] = 0x33;
    mac[1] = 0x33;
    memcpy(mac + 2, group->bytes + 12, 4);
}

void tcpip_ipv6_hear(struct tcpip_interface *interface, const struct tcpip_address *address,
                     bool on)
{
    struct tcpip_address group = tcpip_ipv6_solicited_node(address);

    if (on)
        (void)tcpip_group_join(interface, &group); /* without room others still hear for it */
    else
        tcpip_group_leave(interface, &group);
}

#endif
