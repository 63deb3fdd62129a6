/* SPDX-License-Identifier: MIT */
/*
 * Two tables: families by their Ethernet type or number, protocols by theirs.
 */
#include "ip/ip.h"

#include "core/drop.h"
#include "ip/ipv4.h"

static const struct tcpip_ip_family *const families[] = {&tcpip_ip_v4};

enum { FAMILIES = sizeof families / sizeof families[0] };

static struct tcpip_protocol *protocols;

static const struct tcpip_ip_family *family_of(uint8_t family)
{
    for (size_t i = 0; i < FAMILIES; i++)
        if (families[i]->family == family)
            return families[i];
    return NULL;
}

void tcpip_ip_init(void)
{
    protocols = NULL;
}

struct tcpip_protocol *tcpip_ip_protocol(uint8_t number)
{
    struct tcpip_protocol *protocol = protocols;

    while (protocol != NULL && protocol->number != number)
        protocol = protocol->next;
    return protocol;
}

void tcpip_ip_register(struct tcpip_protocol *protocol)
{
    if (tcpip_ip_protocol(protocol->number) != NULL)
        return;
    protocol->next = protocols;
    protocols = protocol;
}

bool tcpip_ip_input(struct tcpip_interface *interface, struct netif_frame *frame,
                    uint16_t ethernet_type, bool to_group)
{
    for (size_t i = 0; i < FAMILIES; i++) {
        if (families[i]->ethernet_type == ethernet_type) {
            families[i]->input(interface, frame, to_group);
            return true;
        }
    }
    return false;
}

bool tcpip_ip_output(struct netif_frame *frame, const struct tcpip_address *source,
                     const struct tcpip_address *destination, uint8_t protocol)
{
    struct tcpip_route route;

    if (!tcpip_route_find(source, destination, &route)) {
        tcpip_drop(frame, TCPIP_DROP_OUT_NO_ROUTE);
        return false;
    }
    return tcpip_ip_output_on(&route, frame, destination, protocol);
}

bool tcpip_ip_output_on(const struct tcpip_route *route, struct netif_frame *frame,
                        const struct tcpip_address *destination, uint8_t protocol)
{
    const struct tcpip_ip_family *family = family_of(destination->family);
    const struct tcpip_protocol *known = tcpip_ip_protocol(protocol);
    size_t size = (size_t)frame->length + frame->more_length;

    if (family == NULL || known == NULL) {
        tcpip_drop(frame, TCPIP_DROP_OUT_NO_ROUTE);
        return false;
    }
    if (size + family->header_size > route->mtu) {
        tcpip_drop(frame, TCPIP_DROP_OUT_TOO_BIG);
        return false;
    }
    return family->output(route, frame, destination, protocol,
                          route->time_to_live != 0 ? route->time_to_live : known->time_to_live);
}

void tcpip_ip_deliver(const struct tcpip_packet *packet)
{
    const struct tcpip_protocol *protocol = tcpip_ip_protocol(packet->protocol);

    if (protocol == NULL)
        tcpip_drop(packet->frame, TCPIP_DROP_IP_PROTOCOL);
    else
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
    for (struct tcpip_protocol *protocol = protocols; protocol != NULL; protocol = protocol->next)
        if (protocol->address_lost != NULL)
            protocol->address_lost(address);
}

void tcpip_ip_stop(void)
{
    for (struct tcpip_protocol *protocol = protocols; protocol != NULL; protocol = protocol->next)
        if (protocol->stop != NULL)
            protocol->stop();
}

void tcpip_ip_solicit(struct tcpip_end_point *end_point, const struct tcpip_address *address,
                      const uint8_t *mac)
{
    const struct tcpip_ip_family *family = family_of(address->family);

    if (family != NULL)
        family->solicit(end_point, address, mac);
}

void tcpip_ip_announce(struct tcpip_end_point *end_point)
{
    const struct tcpip_ip_family *family = family_of(end_point->active.address.family);

    if (family != NULL)
        family->announce(end_point);
}

uint16_t tcpip_ip_ethernet_type(uint8_t family)
{
    const struct tcpip_ip_family *known = family_of(family);

    return known == NULL ? 0 : known->ethernet_type;
}
