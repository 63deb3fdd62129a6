/* SPDX-License-Identifier: MIT */
/*
 * Two tables: families by their Ethernet type or number, protocols by theirs.
 */
#include "ip/ip.h"

#include "core/claim.h"
#include "core/drop.h"
#include "core/end_point.h"
#include "core/frame.h"
#include "ip/icmp.h"
#include "ip/ipv4.h"
#include "ip/ipv6.h"
#include "ip/nd.h"
#include "ip/raw.h"
#include "link/arp.h"
#include "link/ethernet.h"
#include "link/loop.h"
#include "link/neighbour.h"

/* They stand here, so that the only one is no table at all. */
static const struct tcpip_ip_family families[] = {
    {
        .ethernet_type = ETHERNET_IPV4,
        .header_size = TCPIP_IPV4_HEADER_SIZE,
        .input = tcpip_ipv4_input,
        .output = tcpip_ipv4_output,
        .solicit = tcpip_arp_request,
#if TCPIP_CLAIMS
        .probe = tcpip_arp_probe,
#endif
        .announce = tcpip_arp_announce,
#if ipconfigUSE_IGMP
        .alert = tcpip_ipv4_alert,
#endif
        .group_mac = tcpip_ipv4_group_mac,
    },
#if ipconfigUSE_IPv6
    {
        .ethernet_type = ETHERNET_IPV6,
        .header_size = TCPIP_IPV6_HEADER_SIZE,
        .input = tcpip_ipv6_input,
        .output = tcpip_ipv6_output,
        .solicit = tcpip_nd_solicit,
        .probe = tcpip_nd_probe,
        .announce = tcpip_nd_announce,
        .alert = tcpip_ipv6_alert,
        .hear = tcpip_ipv6_hear,
        .group_mac = tcpip_ipv6_group_mac,
    },
#endif
};

enum { FAMILIES = sizeof families / sizeof families[0] };

struct tcpip_protocol *tcpip_protocols;

/* Without IPv6 there are no addresses of it either. */
static const struct tcpip_ip_family *family_of(uint8_t family)
{
    return &families[family == TCPIP_IPV6 ? FAMILIES - 1 : 0];
}

void tcpip_ip_init(void)
{
    tcpip_protocols = NULL;
}

struct tcpip_protocol *tcpip_ip_protocol(uint8_t number)
{
    struct tcpip_protocol *protocol = tcpip_protocols;

    while (protocol != NULL && protocol->number != number)
        protocol = protocol->next;
    return protocol;
}

void tcpip_ip_register(struct tcpip_protocol *protocol)
{
    if (tcpip_ip_protocol(protocol->number) != NULL)
        return;
    protocol->next = tcpip_protocols;
    tcpip_protocols = protocol;
}

bool tcpip_ip_input(struct tcpip_interface *interface, struct netif_frame *frame,
                    uint16_t ethernet_type, bool to_group)
{
    for (size_t i = 0; i < FAMILIES; i++) {
        if (families[i].ethernet_type == ethernet_type) {
            families[i].input(interface, frame, to_group);
            return true;
        }
    }
    return false;
}

bool tcpip_ip_output_on(const struct tcpip_route *route, struct netif_frame *frame,
                        const struct tcpip_address *destination,
                        const struct tcpip_protocol *protocol)
{
    const struct tcpip_ip_family *family = family_of(destination->family);
    size_t size = (size_t)frame->length + frame->more_length;

    if (size + family->header_size > route->mtu) {
        tcpip_drop(frame, TCPIP_DROP_OUT_TOO_BIG);
        return false;
    }
    return family->output(route, frame, destination, protocol);
}

/* Nobody but perhaps a raw socket understands it. */
static void refuse(const struct tcpip_packet *packet, bool seen)
{
    if (seen) {
        tcpip_frame_release(packet->frame);
        return;
    }
    tcpip_icmp_refuse(packet, TCPIP_REFUSED_PROTOCOL);
    tcpip_drop(packet->frame, TCPIP_DROP_IP_PROTOCOL);
}

void tcpip_ip_deliver(const struct tcpip_packet *packet)
{
    const struct tcpip_protocol *protocol = tcpip_ip_protocol(packet->protocol);
    bool seen = tcpip_raw_deliver(packet);

    if (protocol == NULL || (ipconfigUSE_IPv6 && protocol->family != 0 &&
                             protocol->family != packet->destination.family)) {
        refuse(packet, seen);
        return;
    }
    protocol->input(packet);
}

void tcpip_ip_unreachable(const struct tcpip_unreachable *error)
{
    const struct tcpip_protocol *protocol = tcpip_ip_protocol(error->protocol);

    if (protocol != NULL && protocol->unreachable != NULL)
        protocol->unreachable(error);
}

void tcpip_ip_address_lost(const struct tcpip_address *address)
{
    for (struct tcpip_protocol *protocol = tcpip_protocols; protocol != NULL;
         protocol = protocol->next)
        if (protocol->address_lost != NULL)
            protocol->address_lost(address);
}

void tcpip_ip_solicit(struct tcpip_end_point *end_point, const struct tcpip_address *address,
                      const uint8_t *mac)
{
    family_of(address->family)->solicit(end_point, address, mac);
}

#if TCPIP_CLAIMS
void tcpip_ip_probe(struct tcpip_interface *interface, const struct tcpip_address *address)
{
    family_of(address->family)->probe(interface, address);
}
#endif

void tcpip_ip_announce(struct tcpip_end_point *end_point)
{
    family_of(end_point->active.address.family)->announce(end_point);
}

#if ipconfigUSE_IGMP || ipconfigUSE_IPv6
bool tcpip_ip_alert_routers(const struct tcpip_route *route, struct netif_frame *frame,
                            const struct tcpip_address *destination)
{
    return family_of(destination->family)->alert(route, frame, destination);
}
#endif

#if ipconfigUSE_IPv6
void tcpip_ip_hear(struct tcpip_interface *interface, const struct tcpip_address *address, bool on)
{
    const struct tcpip_ip_family *family = family_of(address->family);

    if (family->hear != NULL)
        family->hear(interface, address, on);
}
#endif

void tcpip_ip_group_mac(const struct tcpip_address *group, uint8_t mac[NETIF_MAC_SIZE])
{
    family_of(group->family)->group_mac(group, mac);
}

/* False: it is a neighbour's. */
static bool find_station(const struct tcpip_route *route, const struct tcpip_address *destination,
                         uint8_t mac[NETIF_MAC_SIZE])
{
    if (tcpip_loops(route->interface))
        memset(mac, 0, NETIF_MAC_SIZE);
    else if (tcpip_address_is_multicast(destination))
        tcpip_ip_group_mac(destination, mac);
    else if (tcpip_end_point_broadcast(route->end_point, destination))
        memset(mac, UINT8_MAX, NETIF_MAC_SIZE);
    else
        return false;
    return true;
}

bool tcpip_ip_transmit(const struct tcpip_route *route, struct netif_frame *frame,
                       const struct tcpip_address *destination)
{
    uint8_t mac[NETIF_MAC_SIZE];

    if (route->to_neighbour || !find_station(route, destination, mac))
        return tcpip_neighbour_send(route->end_point, &route->next_hop, frame);
    return tcpip_ethernet_output(route->interface, frame, mac,
                                 tcpip_ip_ethernet_type(destination->family));
}
