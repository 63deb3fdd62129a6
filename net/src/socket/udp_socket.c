/* SPDX-License-Identifier: MIT */
/*
 * UDP sockets: a port, and a bounded queue of the frames as they came. Where a datagram came from
 * is kept in the room of its headers, at the start of its frame's buffer.
 *
 * A socket's queue takes no frame when fewer than a quarter of the pool is free: an application
 * that does not fetch its datagrams cannot stop the others' traffic.
 */
#include "socket/socket.h"

#include "core/drop.h"
#include "core/frame.h"
#include "ip/ip.h"
#include "tcpip.h"
#include "udp/udp.h"

struct udp_socket {
    struct tcpip_socket base;
    struct tcpip_udp_port port;
    struct netif_frame *queue;
    struct netif_frame **last;
    UBaseType_t queued;
    UBaseType_t limit;
    bool no_checksum;
    FOnUDPReceive_t on_receive;
    FOnUDPSent_t on_sent;
};

struct origin {
    struct tcpip_address source;
    struct tcpip_address destination;
    uint16_t source_port;
    uint16_t destination_port;
};

_Static_assert(sizeof(struct origin) <= TCPIP_UDP_HEADROOM, "kept in the room of the headers");

#define FRAMES_FOR_OTHERS (ipconfigNUM_NETWORK_BUFFER_DESCRIPTORS / 4)
#define LARGEST_PAYLOAD   (ipconfigNETWORK_MTU - TCPIP_IPV4_HEADER_SIZE - 8)

static struct udp_socket *of_port(struct tcpip_udp_port *port)
{
    return (struct udp_socket *)((char *)port - offsetof(struct udp_socket, port));
}

static struct origin origin_of(const struct netif_frame *frame)
{
    struct origin origin;

    memcpy(&origin, frame->buffer, sizeof origin);
    return origin;
}

/* True: the application's handler has taken the data. */
static bool handled(struct udp_socket *socket, const struct netif_frame *frame)
{
    struct origin origin = origin_of(frame);
    struct freertos_sockaddr from;
    struct freertos_sockaddr to;

    if (!ipconfigUSE_CALLBACKS || socket->on_receive == NULL)
        return false;
    tcpip_address_to_sockaddr(&origin.source, origin.source_port, &from);
    tcpip_address_to_sockaddr(&origin.destination, origin.destination_port, &to);
    return socket->on_receive(&socket->base, frame->data, frame->length, &from, &to) != pdFALSE;
}

static void input(struct tcpip_udp_port *port, const struct tcpip_datagram *datagram)
{
    struct udp_socket *socket = of_port(port);
    struct netif_frame *frame = datagram->packet->frame;
    struct origin origin = {datagram->packet->source, datagram->packet->destination,
                            datagram->source_port, datagram->destination_port};

    if (socket->queued >= socket->limit || tcpip_frames_free() < FRAMES_FOR_OTHERS) {
        tcpip_drop(frame, TCPIP_DROP_UDP_QUEUE);
        return;
    }
    memcpy(frame->buffer, &origin, sizeof origin);
    if (handled(socket, frame)) {
        tcpip_frame_release(frame);
        return;
    }
    frame->next = NULL;
    *socket->last = frame;
    socket->last = &frame->next;
    socket->queued++;
    tcpip_socket_changed(&socket->base);
}

static struct netif_frame *take(struct udp_socket *socket)
{
    struct netif_frame *frame = socket->queue;

    socket->queue = frame->next;
    if (socket->queue == NULL)
        socket->last = &socket->queue;
    socket->queued--;
    return frame;
}

/* Whoever waits for a datagram to the address hears that none will come; it may be ours again. */
static void address_lost(struct tcpip_udp_port *port)
{
    struct udp_socket *socket = of_port(port);

    tcpip_calls_finish(&socket->base.waiting, -FREERTOS_EADDRNOTAVAIL);
    tcpip_socket_changed(&socket->base);
}

static bool udp_open(struct tcpip_socket *base)
{
    struct udp_socket *socket = (struct udp_socket *)base;

    socket->last = &socket->queue;
    socket->limit = ipconfigUDP_MAX_RX_PACKETS;
    socket->port.input = input;
    socket->port.address_lost = address_lost;
    return true;
}

static void udp_close(struct tcpip_socket *base)
{
    struct udp_socket *socket = (struct udp_socket *)base;

    if (base->bound)
        tcpip_udp_unbind(&socket->port);
    while (socket->queue != NULL)
        tcpip_frame_release(take(socket));
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
static void udp_print(void)
{
    for (struct tcpip_udp_port *port = tcpip_udp_each(NULL); port != NULL;
         port = tcpip_udp_each(port)) {
        unsigned queued = port->input == input ? (unsigned)of_port(port)->queued : 0;

        FreeRTOS_printf(("UDP port %u queued %u\n", (unsigned)port->number, queued));
        (void)queued; /* where printing is off */
    }
}

static EventBits_t udp_ready(struct tcpip_socket *base)
{
    struct udp_socket *socket = (struct udp_socket *)base;

    return (socket->queued > 0 ? (EventBits_t)eSELECT_READ : 0) | (EventBits_t)eSELECT_WRITE;
}

static BaseType_t udp_set_option(struct tcpip_socket *base, int32_t option, const void *value,
                                 size_t size)
{
    struct udp_socket *socket = (struct udp_socket *)base;

    switch (option) {
    case FREERTOS_SO_UDPCKSUM_OUT:
        socket->no_checksum = value == NULL;
        return 0;
    case TCPIP_SO_JOIN_GROUP:
    case TCPIP_SO_LEAVE_GROUP:
        return tcpip_socket_membership(base, option == TCPIP_SO_JOIN_GROUP, value, size);
    case TCPIP_SO_HOPS:
        if (value == NULL)
            return -FREERTOS_EINVAL;
        base->hops = *(const uint8_t *)value;
        return 0;
    case FREERTOS_SO_UDP_MAX_RX_PACKETS:
        if (value == NULL || *(const UBaseType_t *)value == 0)
            return -FREERTOS_EINVAL;
        socket->limit = *(const UBaseType_t *)value;
        return 0;
    case FREERTOS_SO_UDP_RECV_HANDLER:
    case FREERTOS_SO_UDP_SENT_HANDLER:
        if (!ipconfigUSE_CALLBACKS)
            return -FREERTOS_ENOPROTOOPT;
        if (value == NULL)
            return -FREERTOS_EINVAL;
        if (option == FREERTOS_SO_UDP_RECV_HANDLER)
            socket->on_receive = ((const F_TCP_UDP_Handler_t *)value)->pxOnUDPReceive;
        else
            socket->on_sent = ((const F_TCP_UDP_Handler_t *)value)->pxOnUDPSent;
        return 0;
    default:
        return -FREERTOS_ENOPROTOOPT;
    }
}

struct send_call {
    struct tcpip_call call;
    struct netif_frame *frame; /* NULL once the stack has it */
    struct tcpip_udp_target target;
};

static bool send_now(struct tcpip_call *call)
{
    struct send_call *sending = (struct send_call *)call;
    struct udp_socket *socket = call->object;
    struct netif_frame *frame = sending->frame;
    struct tcpip_route route;
    int32_t size = frame->length;

    call->result = 0;
    if (!socket->base.bound) {
        if (!ipconfigALLOW_SOCKET_SEND_WITHOUT_BIND || udp_bind(&socket->base) != 0)
            return true;
        socket->base.bound = true;
    }
    if (!tcpip_route_find(tcpip_socket_source(&socket->base), &sending->target.address, &route)) {
        tcpip_drop(NULL, TCPIP_DROP_OUT_NO_ROUTE);
        return true;
    }
    if (size + 8 + tcpip_ip_header_size(sending->target.address.family) > route.path_mtu) {
        tcpip_drop(NULL, TCPIP_DROP_OUT_TOO_BIG);
        return true;
    }
    sending->target.no_checksum = socket->no_checksum;
    if (socket->base.hops != 0)
        route.time_to_live = socket->base.hops;
    sending->frame = NULL;
    call->result = size; /* from here on a loss is one on the way */
    tcpip_udp_send_on(&route, socket->port.number, frame, &sending->target);
    if (ipconfigUSE_CALLBACKS && socket->on_sent != NULL)
        socket->on_sent(&socket->base, (size_t)size);
    return true;
}

static TickType_t send_patience(const struct tcpip_socket *socket, BaseType_t flags)
{
    TickType_t most = ipconfigUDP_MAX_SEND_BLOCK_TIME_TICKS;

    if ((flags & FREERTOS_MSG_DONTWAIT) != 0)
        return 0;
    return socket->send_timeout < most ? socket->send_timeout : most;
}

static struct netif_frame *frame_with(const void *buffer, size_t size, TickType_t patience)
{
    void *payload = FreeRTOS_GetUDPPayloadBuffer(size, patience);

    if (payload == NULL)
        return NULL;
    if (size > 0)
        memcpy(payload, buffer, size);
    return tcpip_frame_of(payload);
}

static int32_t udp_send_to(struct tcpip_socket *base, const void *buffer, size_t size,
                           BaseType_t flags, const struct freertos_sockaddr *destination)
{
    struct send_call sending = {.frame = NULL};
    bool own = (flags & FREERTOS_ZERO_COPY) == 0;

    if (size > LARGEST_PAYLOAD ||
        !tcpip_address_from_sockaddr(destination, &sending.target.address, &sending.target.port))
        return 0;
    sending.frame = own ? frame_with(buffer, size, send_patience(base, flags))
                        : tcpip_frame_of(buffer);
    if (sending.frame == NULL)
        return 0;
    sending.frame->length = (uint16_t)size;
    struct netif_frame *frame = sending.frame;
    int32_t result = tcpip_call(&sending.call, send_now, base, NULL, 0);
    if (own && sending.frame != NULL)
        tcpip_frame_release(frame);
    return result;
}

struct receive_call {
    struct tcpip_call call;
    struct netif_frame *frame;
    void *peek_to;
    size_t size;
    struct origin origin;
};

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

static bool receive_now(struct tcpip_call *call)
{
    struct receive_call *receiving = (struct receive_call *)call;
    struct udp_socket *socket = call->object;

    if (!socket->base.bound) {
        call->result = -FREERTOS_EINVAL;
        return true;
    }
    if (socket->queue == NULL)
        return false;
    receiving->origin = origin_of(socket->queue);
    if (receiving->peek_to != NULL) {
        size_t size = smaller(socket->queue->length, receiving->size);

        memcpy(receiving->peek_to, socket->queue->data, size);
        call->result = (int32_t)size;
    } else {
        receiving->frame = take(socket);
        call->result = receiving->frame->length;
    }
    return true;
}

/* Copies a datagram out, or hands its place over. Returns its bytes. */
static int32_t hand_over(struct netif_frame *frame, void *buffer, size_t size, BaseType_t flags)
{
    if ((flags & FREERTOS_ZERO_COPY) != 0) {
        *(void **)buffer = frame->data;
        return frame->length;
    }
    size_t copied = smaller(frame->length, size);
    memcpy(buffer, frame->data, copied);
    tcpip_frame_release(frame);
    return (int32_t)copied;
}

static int32_t udp_receive_from(struct tcpip_socket *base, void *buffer, size_t size,
                                BaseType_t flags, struct freertos_sockaddr *source)
{
    bool peek = (flags & FREERTOS_MSG_PEEK) != 0;
    struct receive_call receiving = {.peek_to = peek ? buffer : NULL, .size = size};
    TickType_t patience = (flags & FREERTOS_MSG_DONTWAIT) != 0 ? 0 : base->receive_timeout;
    int32_t result = tcpip_call(&receiving.call, receive_now, base, &base->waiting, patience);

    if (result < 0)
        return result;
    if (source != NULL)
        tcpip_address_to_sockaddr(&receiving.origin.source, receiving.origin.source_port, source);
    return peek ? result : hand_over(receiving.frame, buffer, size, flags);
}

static bool look_for_port(struct tcpip_call *call)
{
    call->result = tcpip_udp_find(*(const uint16_t *)call->object) != NULL;
    return true;
}

BaseType_t xPortHasUDPSocket(uint16_t port)
{
    uint16_t number = FreeRTOS_ntohs(port);
    struct tcpip_call call;

    return tcpip_call(&call, look_for_port, &number, NULL, 0) != 0 ? pdTRUE : pdFALSE;
}

const struct tcpip_socket_operations tcpip_udp_socket = {
    .type = FREERTOS_SOCK_DGRAM,
    .protocol = FREERTOS_IPPROTO_UDP,
    .size = sizeof(struct udp_socket),
    .open = udp_open,
    .close = udp_close,
    .bind = udp_bind,
    .ready = udp_ready,
    .print = udp_print,
    .set_option = udp_set_option,
    .send_to = udp_send_to,
    .receive_from = udp_receive_from,
};
