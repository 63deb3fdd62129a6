/* SPDX-License-Identifier: MIT */
/*
 * Datagrams between tasks and the stack.
 */
#include "socket/datagram.h"

#include "core/drop.h"
#include "core/frame.h"
#include "ip/ip.h"
#include "tcpip.h"
#include "udp/udp.h"

_Static_assert(sizeof(struct tcpip_origin) <= TCPIP_UDP_HEADROOM,
               "kept in the room of the headers");

#define FRAMES_FOR_OTHERS (ipconfigNUM_NETWORK_BUFFER_DESCRIPTORS / 4)

static struct tcpip_datagram_socket *of(struct tcpip_socket *socket)
{
    return (struct tcpip_datagram_socket *)socket;
}

/* True: the application's handler has taken the data. */
static bool handled(struct tcpip_datagram_socket *socket, const struct netif_frame *frame,
                    const struct tcpip_datagram *datagram)
{
    const struct tcpip_packet *packet = datagram->packet;
    struct freertos_sockaddr from;
    struct freertos_sockaddr to;

    if (!ipconfigUSE_CALLBACKS || !ipconfigIS_VALID_PROG_ADDRESS(socket->on_receive))
        return false;
    tcpip_address_to_sockaddr(&packet->source, datagram->source_port, &from);
    tcpip_address_to_sockaddr(&packet->destination, datagram->destination_port, &to);
    return socket->on_receive(&socket->base, frame->data, frame->length, &from, &to) != pdFALSE;
}

void tcpip_datagram_put(struct tcpip_datagram_socket *socket, struct netif_frame *frame,
                        const struct tcpip_datagram *datagram)
{
    if (socket->queued >= socket->limit || tcpip_frames_free() < FRAMES_FOR_OTHERS) {
        tcpip_drop(frame, TCPIP_DROP_UDP_QUEUE);
        return;
    }
    if (handled(socket, frame, datagram)) {
        tcpip_frame_release(frame);
        return;
    }
    const struct tcpip_origin origin = {datagram->packet->source, datagram->source_port};
    memcpy(frame->buffer, &origin, sizeof origin);
    frame->next = NULL;
    *socket->last = frame;
    socket->last = &frame->next;
    socket->queued++;
    tcpip_socket_changed(&socket->base);
}

static struct netif_frame *take(struct tcpip_datagram_socket *socket)
{
    struct netif_frame *frame = socket->queue;

    socket->queue = frame->next;
    if (socket->queue == NULL)
        socket->last = &socket->queue;
    socket->queued--;
    return frame;
}

void tcpip_datagrams_open(struct tcpip_datagram_socket *socket)
{
    socket->last = &socket->queue;
    socket->limit = ipconfigUDP_MAX_RX_PACKETS;
}

void tcpip_datagrams_close(struct tcpip_datagram_socket *socket)
{
    struct netif_frame *frame;

    while ((frame = socket->queue) != NULL) {
        socket->queue = frame->next;
        tcpip_frame_release(frame);
    }
}

/* The address may be ours again, so the next call waits as before. */
void tcpip_datagrams_address_lost(struct tcpip_datagram_socket *socket)
{
    tcpip_calls_finish(&socket->base.waiting, -FREERTOS_EADDRNOTAVAIL);
    tcpip_socket_changed(&socket->base);
}

static BaseType_t set_handler(struct tcpip_datagram_socket *socket, int32_t option,
                              const F_TCP_UDP_Handler_t *handlers)
{
    if (!ipconfigUSE_CALLBACKS)
        return -FREERTOS_ENOPROTOOPT;
    if (handlers == NULL)
        return -FREERTOS_EINVAL;
    if (option == FREERTOS_SO_UDP_RECV_HANDLER)
        socket->on_receive = handlers->pxOnUDPReceive;
    else
        socket->on_sent = handlers->pxOnUDPSent;
    return 0;
}

BaseType_t tcpip_datagram_set_option(struct tcpip_socket *socket, int32_t option, const void *value,
                                     size_t size)
{
    switch (option) {
    case TCPIP_SO_JOIN_GROUP:
    case TCPIP_SO_LEAVE_GROUP:
        return tcpip_socket_membership(socket, option == TCPIP_SO_JOIN_GROUP, value, size);
    case TCPIP_SO_HOPS:
        if (value == NULL)
            return -FREERTOS_EINVAL;
        socket->hops = *(const uint8_t *)value;
        return 0;
    case FREERTOS_SO_UDP_MAX_RX_PACKETS:
        if (value == NULL || *(const UBaseType_t *)value == 0)
            return -FREERTOS_EINVAL;
        of(socket)->limit = *(const UBaseType_t *)value;
        return 0;
    case FREERTOS_SO_UDP_RECV_HANDLER:
    case FREERTOS_SO_UDP_SENT_HANDLER:
        return set_handler(of(socket), option, value);
    default:
        return -FREERTOS_ENOPROTOOPT;
    }
}

bool tcpip_datagram_route(const struct tcpip_socket *socket,
                          const struct tcpip_datagram_send *sending, size_t header_size,
                          struct tcpip_route *route)
{
    if (!tcpip_route_find(tcpip_socket_source(socket), &sending->address, route)) {
        tcpip_drop(NULL, TCPIP_DROP_OUT_NO_ROUTE);
        return false;
    }
    if (sending->frame->length + header_size + tcpip_ip_header_size(sending->address.family) >
        route->path_mtu) {
        tcpip_drop(NULL, TCPIP_DROP_OUT_TOO_BIG);
        return false;
    }
    if (socket->hops != 0)
        route->time_to_live = socket->hops;
    return true;
}

static TickType_t send_patience(const struct tcpip_socket *socket, BaseType_t flags)
{
    return (flags & FREERTOS_MSG_DONTWAIT) != 0 ? 0 : socket->send_timeout;
}

static bool takes_datagrams(const struct tcpip_socket *socket)
{
    return tcpip_is_socket(socket) && socket->operations->send != NULL;
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

int32_t FreeRTOS_sendto(Socket_t socket, const void *buffer, size_t size, BaseType_t flags,
                        const struct freertos_sockaddr *destination, socklen_t destination_length)
{
    bool own = (flags & FREERTOS_ZERO_COPY) == 0;
    struct tcpip_datagram_send sending;

    if (!takes_datagrams(socket) || (buffer == NULL && size > 0) ||
        size > socket->operations->most ||
        !tcpip_address_from_sockaddr(destination, &sending.address, &sending.port))
        return 0;
    struct netif_frame *frame = own ? frame_with(buffer, size, send_patience(socket, flags))
                                    : tcpip_frame_of(buffer);
    if (frame == NULL)
        return 0;
    frame->length = (uint16_t)size;
    sending.frame = frame;
    int32_t result = tcpip_call(&sending.call, socket->operations->send, socket, NULL, 0);
    if (own && sending.frame != NULL)
        tcpip_frame_release(frame);
    return result;
}

struct receive_call {
    struct tcpip_call call;
    struct netif_frame *frame;
    void *peek_to; /* NULL: the frame is taken */
    size_t size;
    struct freertos_sockaddr *source;
};

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

static bool receive_now(struct tcpip_call *call)
{
    struct receive_call *receiving = (struct receive_call *)call;
    struct tcpip_datagram_socket *socket = call->object;
    struct netif_frame *frame = socket->queue;

    if (frame == NULL) {
        if (socket->base.bound || socket->unbound)
            return false;
        call->result = -FREERTOS_EINVAL;
        return true;
    }
    if (receiving->source != NULL) {
        struct tcpip_origin origin;
        memcpy(&origin, frame->buffer, sizeof origin);
        tcpip_address_to_sockaddr(&origin.source, origin.source_port, receiving->source);
    }
    call->result = frame->length;
    if (receiving->peek_to == NULL) {
        receiving->frame = take(socket);
    } else {
        call->result = (int32_t)smaller(frame->length, receiving->size);
        memcpy(receiving->peek_to, frame->data, (size_t)call->result);
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

int32_t FreeRTOS_recvfrom(const ConstSocket_t base, void *buffer, size_t size, BaseType_t flags,
                          struct freertos_sockaddr *source, const socklen_t *source_length)
{
    struct tcpip_socket *socket = (Socket_t)(uintptr_t)base;
    bool peek = (flags & FREERTOS_MSG_PEEK) != 0;
    struct receive_call receiving;

    if (!takes_datagrams(socket) || buffer == NULL)
        return -FREERTOS_EINVAL;
    receiving.peek_to = peek ? buffer : NULL;
    receiving.size = size;
    receiving.source = source;
    int32_t result = tcpip_call(&receiving.call, receive_now, socket, &socket->waiting,
                                (flags & FREERTOS_MSG_DONTWAIT) != 0 ? 0 : socket->receive_timeout);
    return result < 0 || peek ? result : hand_over(receiving.frame, buffer, size, flags);
}
