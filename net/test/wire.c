/* SPDX-License-Identifier: MIT */
/* The simulated Ethernet: driver on one side, faults and timers on the other. */
#include "wire.h"

#include <string.h>

#include "wire/arp.h"
#include "wire/ipv4.h"

enum { IP = NETIF_HEADER_SIZE };

static bool chance(struct wire *wire, unsigned thousandths)
{
    return thousandths > 0 && test_random_below(&wire->random, 1000) < thousandths;
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
    if (wire->cut || chance(wire, wire->faults.lose))
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

/* Swapping source and destination leaves every checksum right. */
static bool reflect(struct wire *wire, const uint8_t *bytes, size_t length)
{
    uint8_t back[WIRE_FRAME_SIZE];
    struct ipv4_header header;

    if (length < IP || length > sizeof back || tcpip_get_be16(bytes + 12) != ETHERNET_IPV4 ||
        tcpip_ipv4_parse(bytes + IP, length - IP, &header) != IPV4_OK ||
        header.destination != WIRE_MIRROR)
        return false;
    memcpy(back, bytes, length);
    memcpy(back, wire->netif.mac, NETIF_MAC_SIZE);
    memcpy(back + 6, wire->peer_mac, NETIF_MAC_SIZE);
    tcpip_put_be32(back + IP + 12, header.destination);
    tcpip_put_be32(back + IP + 16, header.source);
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

    if (wire->jammed)
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
    if (wire->mirror && !wire_answer_arp(wire, bytes, length))
        reflect(wire, bytes, length);
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
