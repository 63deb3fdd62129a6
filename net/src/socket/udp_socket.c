/* SPDX-License-Identifier: MIT */
/*
 * UDP sockets: a port, and a queue of datagrams (datagram.h).
 */
#include "core/container.h"
#include "core/frame.h"
#include "socket/datagram.h"
#include "udp/udp.h"

struct udp_socket {
    struct tcpip_datagram_socket common;
    struct tcpip_udp_port port;
    bool no_checksum;
};

#define LARGEST_PAYLOAD (ipconfigNETWORK_MTU - TCPIP_IPV4_HEADER_SIZE - 8)

static struct udp_socket *of_port(struct tcpip_udp_port *port)
{
    return TCPIP_CONTAINER(port, struct udp_socket, port);
}

static void input(struct tcpip_udp_port *port, const struct tcpip_datagram *datagram)
{
    tcpip_datagram_put(&of_port(port)->common, datagram->packet->frame, datagram);
}

static void address_lost(struct tcpip_udp_port *port)
{
    tcpip_datagrams_address_lost(&of_port(port)->common);
}

static bool udp_open(struct tcpip_socket *base)
{
    struct udp_socket *socket = (struct udp_socket *)base;

    tcpip_datagrams_open(&socket->common);
    socket->port.input = input;
    socket->port.address_lost = address_lost;
    return true;
}

static void udp_close(struct tcpip_socket *base)
{
    struct udp_socket *socket = (struct udp_socket *)base;

    if (base->bound)
        tcpip_udp_unbind(&socket->port);
    tcpip_datagrams_close(&socket->common);
}

static BaseType_t udp_bind(struct tcpip_socket *base)
{
    struct udp_socket *socket = (struct udp_socket *)base;

    socket->port.number = base->port;
    socket->port.local = base->local;
    if (!tcpip_udp_bind(&socket->port))
        return -FREERTOS_EADDRINUSE;
    base->port = socket->port.number;
    return 0;
}

/* The stack's own clients have ports as well. */
void tcpip_udp_socket_print(void)
{
    for (struct tcpip_udp_port *port = ipconfigHAS_PRINTF ? tcpip_udp_each(NULL) : NULL;
         port != NULL; port = tcpip_udp_each(port)) {
        unsigned queued = port->input == input ? (unsigned)of_port(port)->common.queued : 0;

        FreeRTOS_printf(("UDP port %u queued %u\n", (unsigned)port->number, queued));
        (void)queued; /* where printing is off */
    }
}

static BaseType_t udp_set_option(struct tcpip_socket *base, int32_t option, const void *value,
                                 size_t size)
{
    if (option != FREERTOS_SO_UDPCKSUM_OUT)
        return tcpip_datagram_set_option(base, option, value, size);
    ((struct udp_socket *)base)->no_checksum = value == NULL;
    return 0;
}

static int32_t send_now(void *object, struct tcpip_call *call)
{
    const struct tcpip_datagram_send *sending = (struct tcpip_datagram_send *)call;
    struct udp_socket *socket = object;
    struct tcpip_socket *base = &socket->common.base;
    struct tcpip_udp_target target = {sending->address, sending->port, socket->no_checksum};
    int32_t size = sending->frame->length;
    struct tcpip_route route;

    if (!base->bound) {
        if (!ipconfigALLOW_SOCKET_SEND_WITHOUT_BIND || udp_bind(base) != 0)
            return -FREERTOS_EADDRNOTAVAIL;
        base->bound = true;
    }
    if (!tcpip_datagram_route(base, sending, 8, &route))
        return -FREERTOS_EADDRNOTAVAIL;
    /* From here on a loss is one on the way. */
    tcpip_udp_send_on(&route, socket->port.number, sending->frame, &target);
    if (ipconfigUSE_CALLBACKS && ipconfigIS_VALID_PROG_ADDRESS(socket->common.on_sent))
        socket->common.on_sent(base, (size_t)size);
    return size;
}

const struct tcpip_socket_operations tcpip_udp_socket = {
    .type = FREERTOS_SOCK_DGRAM,
    .protocol = FREERTOS_IPPROTO_UDP,
    .size = sizeof(struct udp_socket),
    .open = udp_open,
    .close = udp_close,
    .bind = udp_bind,
    .set_option = udp_set_option,
    .send = send_now,
    .most = LARGEST_PAYLOAD,
};
