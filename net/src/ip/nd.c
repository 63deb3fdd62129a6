/* SPDX-License-Identifier: MIT */
/*
 * What a message says is believed only as far as the table of neighbours believes it; what is new
 * against RFC 4861 there is that an advertisement with its override flag does not replace a live entry
 * but has the station known so far asked first.
 */
#include "ip/nd.h"

#if ipconfigUSE_IPv6

#include "core/checksum.h"
#include "core/claim.h"
#include "core/drop.h"
#include "core/end_point.h"
#include "core/frame.h"
#include "core/route.h"
#include "ip/group.h"
#include "ip/ipv6.h"
#include "ip/router.h"
#include "link/neighbour.h"
#include "wire/icmp.h"
#include "wire/ipv6.h"
#include "wire/nd.h"

enum { DELAY_FIRST_PROBE_MS = 5000, QUESTIONS = 3 }; /* RFC 4861 10 */

const struct tcpip_neighbour_pace *tcpip_nd_pace(const struct tcpip_interface *interface)
{
    static struct tcpip_neighbour_pace pace = {.delay_ms = DELAY_FIRST_PROBE_MS,
                                               .questions = QUESTIONS};

    pace.reachable_ms = interface->ipv6.reachable_ms;
    pace.interval_ms = interface->ipv6.retransmit_ms;
    return &pace;
}

struct netif_frame *tcpip_nd_message(uint8_t type, size_t size)
{
    struct netif_frame *frame = tcpip_frame_outgoing(TCPIP_HEADROOM, size);

    if (frame == NULL)
        return NULL;
    memset(frame->data, 0, size);
    frame->data[0] = type;
    return frame;
}

void tcpip_nd_send(struct tcpip_interface *interface, struct netif_frame *frame,
                   const struct tcpip_address *source, const struct tcpip_address *destination)
{
    static const struct tcpip_protocol protocol = {.number = IPV6_PROTOCOL_ICMP,
                                                   .time_to_live = ND_HOP_LIMIT};
    struct tcpip_route route = {.interface = interface,
                                .end_point = tcpip_end_point_on(interface, TCPIP_IPV6),
                                .source = *source,
                                .next_hop = *destination};
    uint32_t sum = tcpip_checksum_pseudo(source, destination, IPV6_PROTOCOL_ICMP, frame->length);

    if (!tcpip_route_inserts_checksum(&route))
        tcpip_checksum_put(sum, frame->data, frame->length, ICMP_CHECKSUM_OFFSET);
    tcpip_ipv6_output(&route, frame, destination, &protocol);
}

/* A solicitation or advertisement about `target`, with our station if `option` is one. */
static void send(struct tcpip_interface *interface, uint8_t type, uint8_t flags,
                 const struct tcpip_address *target, uint8_t option,
                 const struct tcpip_address *source, const struct tcpip_address *destination)
{
    struct netif_frame *frame = tcpip_nd_message(
        type, ND_NEIGHBOUR_SIZE + (option != 0 ? (size_t)ND_LINK_OPTION_SIZE : 0));

    if (frame == NULL)
        return;
    frame->data[4] = flags;
    memcpy(frame->data + ND_TARGET_AT, target->bytes, IPV6_ADDRESS_SIZE);
    if (option != 0)
        tcpip_nd_put_station(frame->data + ND_NEIGHBOUR_SIZE, option, interface->netif->mac);
    tcpip_nd_send(interface, frame, source, destination);
}

/* The station `mac` is in the table of neighbours: what goes to the address alone goes there. */
void tcpip_nd_solicit(struct tcpip_end_point *end_point, const struct tcpip_address *address,
                      const uint8_t *mac)
{
    struct tcpip_address group = tcpip_ipv6_solicited_node(address);
    struct tcpip_interface *interface = end_point->interface;

    if (end_point->state != TCPIP_END_POINT_UP || end_point->active.address.family != TCPIP_IPV6)
        end_point = tcpip_end_point_on(interface, TCPIP_IPV6);
    if (end_point != NULL)
        send(interface, ND_NEIGHBOUR_SOLICITATION, 0, address, ND_OPTION_SOURCE,
             &end_point->active.address, mac != NULL ? address : &group);
}

void tcpip_nd_probe(struct tcpip_interface *interface, const struct tcpip_address *address)
{
    struct tcpip_address group = tcpip_ipv6_solicited_node(address);

    send(interface, ND_NEIGHBOUR_SOLICITATION, 0, address, 0, &tcpip_ipv6_nobody, &group);
}

/* RFC 9131: so that routers know the station before the first answer has to find it. */
void tcpip_nd_announce(struct tcpip_end_point *end_point)
{
    const struct tcpip_address *address = &end_point->active.address;

    send(end_point->interface, ND_NEIGHBOUR_ADVERTISEMENT, 0, address, ND_OPTION_TARGET, address,
         &tcpip_ipv6_all_routers);
}

/* Our end-point on this interface that has the address. */
static struct tcpip_end_point *ours(const struct tcpip_interface *interface,
                                    const struct tcpip_address *address)
{
    struct tcpip_end_point *end_point = tcpip_end_point_find(address);

    return end_point != NULL && end_point->interface == interface ? end_point : NULL;
}

/* RFC 4861 7.2.3, 7.2.4; RFC 4862 5.4.3. */
static enum tcpip_drop take_solicitation(const struct tcpip_packet *packet,
                                         const struct tcpip_address *target, const uint8_t *station)
{
    bool probe = tcpip_address_is_any(&packet->source);
    struct tcpip_end_point *asked = ours(packet->interface, target);

    if (probe && (station != NULL || !packet->to_group))
        return TCPIP_DROP_ND_FORMAT;
    if (asked == NULL) {
        if (probe && tcpip_claim_heard(packet->interface, target))
            return TCPIP_DROP_NONE;
        return TCPIP_DROP_ND_FOREIGN;
    }
    if (station != NULL)
        (void)tcpip_neighbour_learn(asked, &packet->source, station, TCPIP_NEIGHBOUR_ASKED_US);
    send(packet->interface, ND_NEIGHBOUR_ADVERTISEMENT,
         probe ? ND_OVERRIDE : ND_OVERRIDE | ND_SOLICITED, target, ND_OPTION_TARGET, target,
         probe ? &tcpip_ipv6_all_nodes : &packet->source);
    return TCPIP_DROP_NONE;
}

/* RFC 4861 7.2.5; RFC 4862 5.4.4. */
static enum tcpip_drop take_advertisement(const struct tcpip_packet *packet,
                                          const struct tcpip_address *target,
                                          const uint8_t *station)
{
    struct tcpip_end_point *any = tcpip_end_point_on(packet->interface, TCPIP_IPV6);
    struct tcpip_end_point *claimed = ours(packet->interface, target);
    uint8_t flags = packet->frame->data[4];
    bool solicited = (flags & ND_SOLICITED) != 0;

    if (solicited && tcpip_address_is_multicast(&packet->destination))
        return TCPIP_DROP_ND_FORMAT;
    if (tcpip_claim_heard(packet->interface, target))
        return TCPIP_DROP_NONE;
    if (claimed != NULL) {
        if (claimed->changed != NULL)
            claimed->changed(claimed, TCPIP_END_POINT_CONFLICT);
        return TCPIP_DROP_ND_SPOOFED;
    }
    if (any == NULL ||
        !tcpip_neighbour_learn(any, target, station,
                               solicited ? TCPIP_NEIGHBOUR_ANSWERED : TCPIP_NEIGHBOUR_SPOKE))
        return TCPIP_DROP_ND_UNSOLICITED;
    if (solicited && (flags & ND_ADVERTISED_BY_ROUTER) == 0)
        tcpip_router_retired(packet->interface, target);
    return TCPIP_DROP_NONE;
}

static enum tcpip_drop take_in(const struct tcpip_packet *packet, uint8_t type)
{
    const uint8_t *message = packet->frame->data;
    struct tcpip_reader options;

    if (packet->ttl != ND_HOP_LIMIT)
        return TCPIP_DROP_ND_SPOOFED;
    if (message[1] != 0 || !tcpip_nd_check(message, packet->frame->length, &options))
        return TCPIP_DROP_ND_FORMAT;
    if (type == ND_ROUTER_ADVERTISEMENT)
        return tcpip_router_advertised(packet, options);
    if (type == ND_REDIRECT)
        return tcpip_router_redirected(packet, options);
    if (type == ND_ROUTER_SOLICITATION)
        return TCPIP_DROP_ND_FOREIGN;
    struct tcpip_address target;

    tcpip_ipv6_address(&target, packet->interface, message + ND_TARGET_AT);
    if (tcpip_address_is_multicast(&target))
        return TCPIP_DROP_ND_FORMAT;
    return type == ND_NEIGHBOUR_SOLICITATION
               ? take_solicitation(packet, &target, tcpip_nd_station(options, ND_OPTION_SOURCE))
               : take_advertisement(packet, &target, tcpip_nd_station(options, ND_OPTION_TARGET));
}

bool tcpip_nd_input(const struct tcpip_packet *packet, uint8_t type)
{
    enum tcpip_drop reason;

    if (tcpip_nd_fixed_size(type) == 0)
        return tcpip_group_input(packet, type);
    reason = take_in(packet, type);
    if (reason == TCPIP_DROP_NONE)
        tcpip_frame_release(packet->frame);
    else
        tcpip_drop(packet->frame, reason);
    return true;
}

#endif
