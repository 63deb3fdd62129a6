/* SPDX-License-Identifier: MIT */
/* The simulated Ethernet: driver on one side, faults and timers on the other. */
#include "wire.h"

#include <string.h>

#include "core/address.h"
#include "core/checksum.h"
#include "wire/arp.h"
#include "wire/ipv6.h"
#include "wire/nd.h"

enum { IP = NETIF_HEADER_SIZE };

static bool chance(struct wire *wire, unsigned thousandths)
{
    return thousandths > 0 && test_random_below(&wire->random, 1000) < thousandths;
}

static bool is_due(unsigned *countdown)
{
    return *countdown > 0 && --*countdown == 0;
}

bool wire_deliver(struct wire *wire, const uint8_t *bytes, size_t length)
{
    const struct netif_stack *stack = wire->netif.stack;
    struct netif_frame *frame = stack->allocate(&wire->netif, length);

    if (frame == NULL) {
        wire->starved++;
        return false;
    }
    memcpy(frame->data, bytes, length);
    frame->length = (uint16_t)length;
    wire->received++;
    stack->receive(&wire->netif, frame);
    return true;
}

static void arrive(void *context)
{
    struct wire_frame *frame = context;

    frame->in_use = false;
    if (!frame->wire->cut)
        wire_deliver(frame->wire, frame->bytes, frame->length);
}

static void put_on_its_way(struct wire *wire, const uint8_t *bytes, size_t length)
{
    struct wire_frame *frame = wire->frames;
    unsigned delay = wire->faults.delay_ms;

    while (frame < wire->frames + WIRE_FRAMES && frame->in_use)
        frame++;
    if (frame == wire->frames + WIRE_FRAMES || length > sizeof frame->bytes)
        return;
    frame->in_use = true;
    frame->wire = wire;
    frame->length = (uint16_t)length;
    memcpy(frame->bytes, bytes, length);
    if (chance(wire, wire->faults.corrupt) && length > IP)
        frame->bytes[IP + test_random_below(&wire->random, (uint32_t)length - IP)] ^=
            (uint8_t)(1u << test_random_below(&wire->random, 8));
    if (chance(wire, wire->faults.reorder))
        delay += test_random_below(&wire->random, wire->faults.reorder_ms + 1);
    tcpip_timer_init(&frame->timer, arrive, frame);
    tcpip_timer_start(&frame->timer, delay);
}

void wire_send(struct wire *wire, const uint8_t *bytes, size_t length)
{
    if (wire->cut || is_due(&wire->drop) || chance(wire, wire->faults.lose))
        return;
    put_on_its_way(wire, bytes, length);
    if (chance(wire, wire->faults.duplicate))
        put_on_its_way(wire, bytes, length);
}

bool wire_answer_arp(struct wire *wire, const uint8_t *bytes, size_t length)
{
    uint8_t answer[NETIF_HEADER_SIZE + ARP_PACKET_SIZE];
    struct arp_packet packet;

    if (length < IP || tcpip_get_be16(bytes + 12) != ETHERNET_ARP)
        return false;
    if (!tcpip_arp_parse(bytes + IP, length - IP, &packet) || packet.operation != ARP_REQUEST ||
        packet.sender == 0 || packet.target == packet.sender)
        return true;
    struct arp_packet reply = {
        .operation = ARP_REPLY, .sender = packet.target, .target = packet.sender};
    memcpy(reply.sender_mac, wire->peer_mac, NETIF_MAC_SIZE);
    memcpy(reply.target_mac, packet.sender_mac, NETIF_MAC_SIZE);
    memcpy(answer, packet.sender_mac, NETIF_MAC_SIZE);
    memcpy(answer + 6, wire->peer_mac, NETIF_MAC_SIZE);
    tcpip_put_be16(answer + 12, ETHERNET_ARP);
    tcpip_arp_build(answer + IP, ARP_PACKET_SIZE, &reply);
    wire_send(wire, answer, sizeof answer);
    return true;
}

bool wire_answer_nd(struct wire *wire, const uint8_t *bytes, size_t length)
{
    enum { ICMP_AT = IP + IPV6_HEADER_SIZE, SIZE = ND_NEIGHBOUR_SIZE + ND_LINK_OPTION_SIZE };
    static const uint8_t nobody[IPV6_ADDRESS_SIZE];
    uint8_t answer[ICMP_AT + SIZE] = {0};
    uint8_t *message = answer + ICMP_AT;
    struct ipv6_header header;

    if (length < ICMP_AT + ND_NEIGHBOUR_SIZE || tcpip_get_be16(bytes + 12) != ETHERNET_IPV6 ||
        bytes[IP + IPV6_NEXT_AT] != IPV6_PROTOCOL_ICMP)
        return false;
    if (bytes[ICMP_AT] != ND_NEIGHBOUR_SOLICITATION ||
        memcmp(bytes + IP + IPV6_SOURCE_AT, nobody, sizeof nobody) == 0)
        return true;
    header = (struct ipv6_header){SIZE, IPV6_PROTOCOL_ICMP, ND_HOP_LIMIT,
                                  bytes + ICMP_AT + ND_TARGET_AT, bytes + IP + IPV6_SOURCE_AT};
    memcpy(answer, bytes + 6, NETIF_MAC_SIZE);
    memcpy(answer + 6, wire->peer_mac, NETIF_MAC_SIZE);
    tcpip_put_be16(answer + 12, ETHERNET_IPV6);
    ipv6_build(answer + IP, IPV6_HEADER_SIZE, &header);
    message[0] = ND_NEIGHBOUR_ADVERTISEMENT;
    message[4] = ND_SOLICITED | ND_OVERRIDE;
    memcpy(message + ND_TARGET_AT, header.source, IPV6_ADDRESS_SIZE);
    tcpip_nd_put_station(message + ND_NEIGHBOUR_SIZE, ND_OPTION_TARGET, wire->peer_mac);
    struct tcpip_address from = tcpip_address_from_ipv6(header.source);
    struct tcpip_address to = tcpip_address_from_ipv6(header.destination);
    uint32_t sum = tcpip_checksum_pseudo(&from, &to, IPV6_PROTOCOL_ICMP, SIZE);
    tcpip_put_be16(message + 2, tcpip_checksum_finish(tcpip_checksum_add(sum, message, SIZE)));
    wire_send(wire, answer, sizeof answer);
    return true;
}

/* From one of the mirror's addresses to the other end's, whichever the family. False: to neither. */
static bool swap(uint8_t *ip, size_t size)
{
    static const uint8_t mirror[] = WIRE_MIRROR6;
    uint8_t source[IPV6_ADDRESS_SIZE];
    bool is_ipv6 = ip[0] / 16u == 6u;
    size_t at = is_ipv6 ? IPV6_SOURCE_AT : 12;
    size_t length = is_ipv6 ? IPV6_ADDRESS_SIZE : 4;

    if (size < IPV6_HEADER_SIZE && is_ipv6)
        return false;
    if (is_ipv6 ? memcmp(ip + IPV6_DESTINATION_AT, mirror, sizeof mirror) != 0
                : tcpip_get_be32(ip + 16) != WIRE_MIRROR)
        return false;
    memcpy(source, ip + at, length);
    memcpy(ip + at, ip + at + length, length);
    memcpy(ip + at + length, source, length);
    return true;
}

/* Swapping source and destination leaves every checksum right. */
static bool reflect(struct wire *wire, const uint8_t *bytes, size_t length)
{
    uint8_t back[WIRE_FRAME_SIZE];
    uint16_t type = length < IP + 20 ? 0 : tcpip_get_be16(bytes + 12);

    if (length > sizeof back || (type != ETHERNET_IPV4 && type != ETHERNET_IPV6))
        return false;
    memcpy(back, bytes, length);
    if (!swap(back + IP, length - IP))
        return false;
    memcpy(back, wire->netif.mac, NETIF_MAC_SIZE);
    memcpy(back + 6, wire->peer_mac, NETIF_MAC_SIZE);
    wire_send(wire, back, length);
    return true;
}

static bool start(struct netif *netif)
{
    return true;
}

static void stop(struct netif *netif)
{
    struct wire *wire = netif->device;

    for (size_t i = 0; i < WIRE_FRAMES; i++) {
        if (wire->frames[i].in_use)
            tcpip_timer_stop(&wire->frames[i].timer);
        wire->frames[i].in_use = false;
    }
}

static bool transmit(struct netif *netif, struct netif_frame *frame)
{
    struct wire *wire = netif->device;

    if (wire->jammed || is_due(&wire->refuse))
        return false;
    wire->sent++;
    wire->last_length = frame->length;
    memcpy(wire->last, frame->data, frame->length);
    netif->stack->release(frame);
    if (wire->cut)
        return true;
    const uint8_t *bytes = wire->last;
    size_t length = wire->last_length;
    if (wire->peer != NULL && wire->peer(wire, bytes, length))
        return true;
    if (wire->mirror && !wire_answer_arp(wire, bytes, length) && !reflect(wire, bytes, length))
        wire_answer_nd(wire, bytes, length);
    return true;
}

static enum netif_link link_state(struct netif *netif)
{
    struct wire *wire = netif->device;

    return wire->cut ? NETIF_LINK_DOWN : NETIF_LINK_UP;
}

void wire_set_cut(struct wire *wire, bool cut)
{
    wire->cut = cut;
    wire->netif.stack->link_changed(&wire->netif, cut ? NETIF_LINK_DOWN : NETIF_LINK_UP);
}

void wire_init(struct wire *wire, uint64_t seed)
{
    static const struct netif_driver driver = {
        .name = "wire",
        .start = start,
        .stop = stop,
        .transmit = transmit,
        .link = link_state,
    };

    memset(wire, 0, sizeof *wire);
    wire->netif = (struct netif){
        .driver = &driver, .device = wire, .name = "wire0", .mac = {2, 0, 0, 0, 0, 1}, .mtu = 1500};
    wire->peer_mac[0] = 2;
    wire->peer_mac[5] = 2;
    wire->random.state = seed != 0 ? seed : 1;
}
