/* SPDX-License-Identifier: MIT */
/*
 * Ports lie in a small hash table, so that a datagram's cost does not grow with their number.
 */
#include "udp/udp.h"

#include "core/checksum.h"
#include "core/drop.h"
#include "core/frame.h"
#include "core/os.h"
#include "core/path.h"
#include "ip/icmp.h"
#include "ip/ip.h"
#include "wire/ipv4.h"
#include "wire/udp.h"

enum { TRIES = 64, EPHEMERAL_PORTS = 65536 - TCPIP_FIRST_EPHEMERAL_PORT };

struct tcpip_udp_port *tcpip_udp_buckets[TCPIP_UDP_BUCKETS];

struct tcpip_udp_port *tcpip_udp_find(uint16_t number)
{
    struct tcpip_udp_port *port = tcpip_udp_buckets[number % TCPIP_UDP_BUCKETS];

    while (port != NULL && port->number != number)
        port = port->next;
    return port;
}

static bool choose(uint16_t *number)
{
    uint32_t random;

    for (int i = 0; i < TRIES && tcpip_os_random(&random); i++) {
        *number = (uint16_t)(TCPIP_FIRST_EPHEMERAL_PORT + random % EPHEMERAL_PORTS);
        if (tcpip_udp_find(*number) == NULL)
            return true;
    }
    return false;
}

bool tcpip_udp_bind(struct tcpip_udp_port *port)
{
    uint16_t number = port->number;

    if (number == 0 ? !choose(&number) : tcpip_udp_find(number) != NULL)
        return false;
    port->number = number;
    port->next = tcpip_udp_buckets[number % TCPIP_UDP_BUCKETS];
    tcpip_udp_buckets[number % TCPIP_UDP_BUCKETS] = port;
    return true;
}

void tcpip_udp_unbind(struct tcpip_udp_port *port)
{
    struct tcpip_udp_port **at = &tcpip_udp_buckets[port->number % TCPIP_UDP_BUCKETS];

    while (*at != NULL && *at != port)
        at = &(*at)->next;
    if (*at == port)
        *at = port->next;
}

/* RFC 1122 4.1.3.4: a checksum of zero says that there is none. */
static bool checksum_is_right(const struct tcpip_packet *packet, const struct udp_header *header)
{
    if ((packet->interface->features & NETIF_RX_CHECKSUM_L4) != 0)
        return true;
    if (header->checksum == 0)
        return ipconfigUDP_PASS_ZERO_CHECKSUM_PACKETS && tcpip_address_is_ipv4(&packet->source);
    uint32_t sum = tcpip_checksum_pseudo(&packet->source, &packet->destination, IPV4_PROTOCOL_UDP,
                                         header->length);
    return tcpip_checksum_finish(tcpip_checksum_add(sum, packet->frame->data, header->length)) == 0;
}

static bool accepts(const struct tcpip_udp_port *port, const struct tcpip_packet *packet)
{
    if (ipconfigUSE_IPv6 && port->local.family != TCPIP_UNSPECIFIED &&
        port->local.family != packet->destination.family)
        return false;
    return packet->to_group || tcpip_address_is_any(&port->local) ||
           tcpip_address_equal(&port->local, &packet->destination);
}

static void input(const struct tcpip_packet *packet)
{
    struct netif_frame *frame = packet->frame;
    struct udp_header header;

    if (!udp_parse(frame->data, frame->length, &header)) {
        tcpip_drop(frame, TCPIP_DROP_UDP_SHORT);
        return;
    }
    if (!checksum_is_right(packet, &header)) {
        tcpip_drop(frame, TCPIP_DROP_UDP_CHECKSUM);
        return;
    }
    struct tcpip_udp_port *port = tcpip_udp_find(header.destination_port);
    if (port == NULL || !accepts(port, packet)) {
        tcpip_icmp_refuse(packet, TCPIP_REFUSED_PORT);
        tcpip_drop(frame, TCPIP_DROP_UDP_PORT);
        return;
    }
    frame->length = (uint16_t)(header.length - UDP_HEADER_SIZE);
    frame->data += UDP_HEADER_SIZE;
    struct tcpip_datagram datagram = {packet, header.source_port, header.destination_port};
    port->input(port, &datagram);
}

static void unreachable(const struct tcpip_unreachable *error)
{
    uint16_t source_port = tcpip_get_be16(error->transport);
    uint16_t destination_port = tcpip_get_be16(error->transport + 2);
    struct tcpip_udp_port *port = tcpip_udp_find(source_port);

    if (port != NULL && error->mtu != 0 && tcpip_address_is_ipv6(&error->source))
        tcpip_path_narrow(error->interface, &error->destination, error->mtu);
    else if (port != NULL && port->unreachable != NULL)
        port->unreachable(port, &error->destination, destination_port);
}

static void address_lost(const struct tcpip_address *address)
{
    for (size_t i = 0; i < TCPIP_UDP_BUCKETS; i++)
        for (struct tcpip_udp_port *port = tcpip_udp_buckets[i]; port != NULL; port = port->next)
            if (port->address_lost != NULL && tcpip_address_equal(&port->local, address))
                port->address_lost(port);
}

static struct tcpip_protocol udp = {
    .number = IPV4_PROTOCOL_UDP,
    .time_to_live = ipconfigUDP_TIME_TO_LIVE,
    .input = input,
    .unreachable = unreachable,
    .address_lost = address_lost,
};

void tcpip_udp_init(void)
{
    memset(tcpip_udp_buckets, 0, sizeof tcpip_udp_buckets);
    tcpip_ip_register(&udp);
}

/* A sum of zero is sent as 65535, since zero says that there is none. */
static void put_checksum(const struct tcpip_route *route, struct netif_frame *frame,
                         const struct tcpip_udp_target *target)
{
    uint32_t sum = tcpip_checksum_pseudo(&route->source, &target->address, IPV4_PROTOCOL_UDP,
                                         frame->length);
    uint8_t *field = frame->data + UDP_CHECKSUM_OFFSET;

    tcpip_checksum_put(sum, frame->data, frame->length, UDP_CHECKSUM_OFFSET);
    if (tcpip_get_be16(field) == 0)
        tcpip_put_be16(field, UINT16_MAX);
}

/* With IPv6 always (RFC 8200 8.1). */
static bool wants_checksum(const struct tcpip_udp_target *target)
{
    return !target->no_checksum || tcpip_address_is_ipv6(&target->address);
}

bool tcpip_udp_send_on(const struct tcpip_route *route, uint16_t source_port,
                       struct netif_frame *frame, const struct tcpip_udp_target *target)
{
    size_t size = (size_t)frame->length + frame->more_length + UDP_HEADER_SIZE;

    if (size + tcpip_ip_header_size(target->address.family) > route->path_mtu ||
        !tcpip_frame_gather(frame) || !tcpip_frame_push(frame, UDP_HEADER_SIZE)) {
        tcpip_drop(frame, TCPIP_DROP_OUT_TOO_BIG);
        return false;
    }
    struct udp_header header = {
        .source_port = source_port, .destination_port = target->port, .length = frame->length};
    udp_build(frame->data, UDP_HEADER_SIZE, &header); /* the push made room */
    if (wants_checksum(target) && !tcpip_route_inserts_checksum(route))
        put_checksum(route, frame, target);
    return tcpip_ip_output_on(route, frame, &target->address, &udp);
}

bool tcpip_udp_send(struct tcpip_udp_port *port, struct netif_frame *frame,
                    const struct tcpip_udp_target *target)
{
    struct tcpip_route route;

    if (!tcpip_route_find(&port->local, &target->address, &route)) {
        tcpip_drop(frame, TCPIP_DROP_OUT_NO_ROUTE);
        return false;
    }
    return tcpip_udp_send_on(&route, port->number, frame, target);
}
