/* SPDX-License-Identifier: MIT */
/*
 * What a packet says is first held against what a host may say (the sender's station is the frame's
 * source, the sender's address is a host's), then against our own addresses, and only then reaches
 * the table of neighbours.
 */
#include "link/arp.h"

#include "client/auto_ip.h"
#include "core/claim.h"
#include "core/drop.h"
#include "core/end_point.h"
#include "core/frame.h"
#include "core/os.h"
#include "link/ethernet.h"
#include "link/neighbour.h"
#include "wire/arp.h"

enum { DEFEND_INTERVAL_MS = 10000 /* RFC 5227 1.1 */ };

static void send(struct tcpip_interface *interface, const struct arp_packet *packet,
                 const uint8_t *mac)
{
    static const uint8_t everybody[NETIF_MAC_SIZE] = {255, 255, 255, 255, 255, 255};
    struct netif_frame *frame = tcpip_frame_outgoing(TCPIP_HEADROOM, ARP_PACKET_SIZE);

    if (frame == NULL)
        return;
    (void)tcpip_arp_build(frame->data, frame->length, packet); /* it is as long */
    tcpip_ethernet_output(interface, frame, mac != NULL ? mac : everybody, ETHERNET_ARP);
}

static void request(struct tcpip_interface *interface, uint32_t sender, uint32_t target,
                    const uint8_t *mac)
{
    struct arp_packet packet = {.operation = ARP_REQUEST, .sender = sender, .target = target};

    memcpy(packet.sender_mac, interface->netif->mac, NETIF_MAC_SIZE);
    send(interface, &packet, mac);
}

void tcpip_arp_request(struct tcpip_end_point *end_point, const struct tcpip_address *target,
                       const uint8_t *mac)
{
    request(end_point->interface, tcpip_address_ipv4(&end_point->active.address),
            tcpip_address_ipv4(target), mac);
}

void tcpip_arp_announce(struct tcpip_end_point *end_point)
{
    tcpip_arp_request(end_point, &end_point->active.address, NULL);
}

#if TCPIP_CLAIMS
void tcpip_arp_probe(struct tcpip_interface *interface, const struct tcpip_address *address)
{
    request(interface, 0, tcpip_address_ipv4(address), NULL);
}
#endif

/* RFC 5227 2.1.1: any packet from a claimed address, or a probe of another station for it. */
static void check_claims(const struct tcpip_interface *interface, const struct arp_packet *packet)
{
    struct tcpip_address address = tcpip_address_from_ipv4(packet->sender != 0 ? packet->sender
                                                                               : packet->target);

    (void)tcpip_claim_heard(interface, &address); /* the claimer hears of it */
}

static bool is_link_local(uint32_t address)
{
    return address / 0x10000u == 0xa9feu;
}

/* The question turned round. RFC 3927 2.5: what names a link-local address is for all to hear. */
static void reply(struct tcpip_interface *interface, struct arp_packet *packet)
{
    uint32_t target = packet->target;

    packet->operation = ARP_REPLY;
    packet->target = packet->sender;
    packet->sender = target;
    memcpy(packet->target_mac, packet->sender_mac, NETIF_MAC_SIZE);
    memcpy(packet->sender_mac, interface->netif->mac, NETIF_MAC_SIZE);
    send(interface, packet, is_link_local(target) ? NULL : packet->target_mac);
}

/* RFC 5227 2.4 (c): keeps the address, says so at most once in ten seconds. A link-local address that
 * the stack chose gives way the second time (RFC 3927 2.5 (b)), there are others. */
static void defend(struct tcpip_end_point *end_point)
{
    uint32_t now = tcpip_os_now();

    if (end_point->changed != NULL)
        end_point->changed(end_point, TCPIP_END_POINT_CONFLICT);
    if (end_point->defended && now - end_point->last_defence < DEFEND_INTERVAL_MS) {
        (void)tcpip_auto_ip_collided(end_point); /* else it stays as it was configured */
        return;
    }
    end_point->defended = true;
    end_point->last_defence = now;
    tcpip_arp_announce(end_point);
}

/* The end-point of this interface that has `address`. */
static struct tcpip_end_point *ours(const struct tcpip_interface *interface, uint32_t address)
{
    struct tcpip_address wanted = tcpip_address_from_ipv4(address);
    struct tcpip_end_point *end_point = tcpip_end_point_find(&wanted);

    return end_point != NULL && end_point->interface == interface ? end_point : NULL;
}

static bool is_host(uint32_t address)
{
    return address != 0 && address / 0x1000000u != 127u && address / 0x10000000u < 14u;
}

static bool plausible(const struct arp_packet *packet, const uint8_t source[NETIF_MAC_SIZE])
{
    bool probe = packet->operation == ARP_REQUEST && packet->sender == 0;

    return (probe || is_host(packet->sender)) && ethernet_equal(packet->sender_mac, source);
}

static void take_in(struct tcpip_interface *interface, struct arp_packet *packet)
{
    struct tcpip_end_point *target = ours(interface, packet->target);
    struct tcpip_end_point *any = interface->end_points; /* up or not: a last word may wait */
    struct tcpip_end_point *hearer = target != NULL ? target : any;
    struct tcpip_address sender = tcpip_address_from_ipv4(packet->sender);
    uint8_t *mac = packet->sender_mac;

    if (packet->operation == ARP_REPLY) {
        if (!tcpip_neighbour_learn(hearer, &sender, mac, TCPIP_NEIGHBOUR_ANSWERED))
            tcpip_drop(NULL, TCPIP_DROP_ARP_UNSOLICITED);
        return;
    }
    if (packet->sender != 0) /* else a probe */
        (void)tcpip_neighbour_learn(hearer, &sender, mac,
                                    target != NULL ? TCPIP_NEIGHBOUR_ASKED_US
                                                   : TCPIP_NEIGHBOUR_SPOKE);
    if (target != NULL)
        reply(interface, packet);
    else
        tcpip_drop(NULL, TCPIP_DROP_ARP_FOREIGN);
}

void tcpip_arp_input(struct tcpip_interface *interface, struct netif_frame *frame,
                     const uint8_t source[NETIF_MAC_SIZE])
{
    struct arp_packet packet;

    if (!tcpip_arp_parse(frame->data, frame->length, &packet) ||
        (packet.operation != ARP_REQUEST && packet.operation != ARP_REPLY)) {
        tcpip_drop(frame, TCPIP_DROP_ARP_FORMAT);
        return;
    }
    if (!plausible(&packet, source)) {
        tcpip_drop(frame, TCPIP_DROP_ARP_SPOOFED);
        return;
    }
    tcpip_frame_release(frame);
    if (TCPIP_CLAIMS)
        check_claims(interface, &packet);
    if (interface->end_points == NULL) {
        tcpip_drop(NULL, TCPIP_DROP_ARP_FOREIGN);
        return;
    }
    struct tcpip_end_point *claimed = ours(interface, packet.sender);
    if (claimed != NULL)
        defend(claimed);
    else
        take_in(interface, &packet);
}
