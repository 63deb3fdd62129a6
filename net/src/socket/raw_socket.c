/* SPDX-License-Identifier: MIT */
/*
 * Raw sockets: all packets of one protocol, without their IP header. They see what the stack sees, and the
 * protocol that the stack has under the same number goes on with it.
 */
#include "socket/datagram.h"

#if ipconfigUSE_RAW_SOCKETS

#include "core/checksum.h"
#include "core/container.h"
#include "core/drop.h"
#include "core/frame.h"
#include "ip/ip.h"
#include "ip/raw.h"
#include "tcpip.h"
#include "wire/icmp.h"
#include "wire/ipv6.h"

struct raw_socket {
    struct tcpip_datagram_socket common;
    struct tcpip_raw_port port;
};

static void input(struct tcpip_raw_port *port, const struct tcpip_packet *packet,
                  struct netif_frame *frame)
{
    struct raw_socket *socket = TCPIP_CONTAINER(port, struct raw_socket, port);
    struct tcpip_datagram datagram = {.packet = packet};

    tcpip_datagram_put(&socket->common, frame, &datagram);
}

/* It receives from now on; binding only narrows it to an address. */
static bool raw_open(struct tcpip_socket *base)
{
    struct raw_socket *socket = (struct raw_socket *)base;

    tcpip_datagrams_open(&socket->common);
    socket->port.protocol = base->protocol;
    socket->port.local.family = base->family;
    socket->port.input = input;
    socket->common.unbound = true;
    tcpip_raw_open(&socket->port);
    return true;
}

static void raw_close(struct tcpip_socket *base)
{
    struct raw_socket *socket = (struct raw_socket *)base;

    tcpip_raw_close(&socket->port);
    tcpip_datagrams_close(&socket->common);
}

static BaseType_t raw_bind(struct tcpip_socket *base)
{
    ((struct raw_socket *)base)->port.local = base->local;
    return 0;
}

/* RFC 3542 3.1: ICMPv6's checksum is the stack's to make. */
static void put_checksum(const struct tcpip_route *route, const struct tcpip_address *destination,
                         struct netif_frame *frame)
{
    uint32_t sum = tcpip_checksum_pseudo(&route->source, destination, IPV6_PROTOCOL_ICMP,
                                         frame->length);

    tcpip_put_be16(frame->data + ICMP_CHECKSUM_OFFSET, 0);
    tcpip_checksum_put(sum, frame->data, frame->length, ICMP_CHECKSUM_OFFSET);
}

static int32_t send_now(void *object, struct tcpip_call *call)
{
    const struct tcpip_datagram_send *sending = (struct tcpip_datagram_send *)call;
    struct raw_socket *socket = object;
    struct tcpip_socket *base = &socket->common.base;
    const struct tcpip_protocol protocol = {.number = base->protocol,
                                            .time_to_live = ipconfigICMP_TIME_TO_LIVE};
    struct netif_frame *frame = sending->frame;
    int32_t size = frame->length;
    struct tcpip_route route;

    if (!tcpip_datagram_route(base, sending, 0, &route))
        return -FREERTOS_EADDRNOTAVAIL;
    if (base->protocol == IPV6_PROTOCOL_ICMP && sending->address.family == TCPIP_IPV6 &&
        frame->length >= ICMP_HEADER_SIZE)
        put_checksum(&route, &sending->address, frame);
    tcpip_ip_output_on(&route, frame, &sending->address, &protocol);
    if (ipconfigUSE_CALLBACKS && ipconfigIS_VALID_PROG_ADDRESS(socket->common.on_sent))
        socket->common.on_sent(base, (size_t)size);
    return size;
}

const struct tcpip_socket_operations tcpip_raw_socket = {
    .type = TCPIP_SOCK_RAW,
    .protocol = TCPIP_ANY_PROTOCOL,
    .size = sizeof(struct raw_socket),
    .open = raw_open,
    .close = raw_close,
    .bind = raw_bind,
    .set_option = tcpip_datagram_set_option,
    .send = send_now,
    .most = ipconfigNETWORK_MTU,
};

#endif
