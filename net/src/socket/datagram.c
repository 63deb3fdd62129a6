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

/* Kept at the start of a frame's buffer. The port is 0 where there are none. */
enum { SOURCE_AT = 0, SOURCE_PORT_AT = sizeof(struct tcpip_address) };

_Static_assert(SOURCE_PORT_AT + 2 <= TCPIP_HEADROOM, "kept in the room of the headers");

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
    memcpy(frame->buffer + SOURCE_AT, &datagram->packet->source, sizeof(struct tcpip_address));
    tcpip_put_be16(frame->buffer + SOURCE_PORT_AT, datagram->source_port);
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
    if (result >= 0)
        return result;
    if (own)
        tcpip_frame_release(frame);
    return 0;
}

struct receive_call {
    struct tcpip_call call;
    struct freertos_sockaddr *source;
    void *buffer;
    size_t size;
    BaseType_t flags;
};

/* Copies here, since what is only looked at may be taken by another task at any time; or hands the
 * place over. */
static int32_t receive_now(void *object, struct tcpip_call *call)
{
    const struct receive_call *receiving = (struct receive_call *)call;
    struct tcpip_datagram_socket *socket = object;
    struct netif_frame *frame = socket->queue;

    if (frame == NULL)
        return socket->base.bound || socket->unbound ? -FREERTOS_EWOULDBLOCK : -FREERTOS_EINVAL;
    if (receiving->source != NULL) {
        struct tcpip_address source;
        memcpy(&source, frame->buffer + SOURCE_AT, sizeof source);
        tcpip_address_to_sockaddr(&source, tcpip_get_be16(frame->buffer + SOURCE_PORT_AT),
                                  receiving->source);
    }
    bool peek = (receiving->flags & FREERTOS_MSG_PEEK) != 0;
    if (!peek)
        take(socket);
    if (!peek && (receiving->flags & FREERTOS_ZERO_COPY) != 0) {
        *(void **)receiving->buffer = frame->data;
        return frame->length;
    }
    size_t size = frame->length < receiving->size ? frame->length : receiving->size;
    memcpy(receiving->buffer, frame->data, size);
    if (!peek)
        tcpip_frame_release(frame);
    return (int32_t)size;
}

int32_t FreeRTOS_recvfrom(const ConstSocket_t base, void *buffer, size_t size, BaseType_t flags,
                          struct freertos_sockaddr *source, const socklen_t *source_length)
{
    struct tcpip_socket *socket = (Socket_t)(uintptr_t)base;
    struct receive_call receiving;

    if (!takes_datagrams(socket) || buffer == NULL)
        return -FREERTOS_EINVAL;
    receiving.source = source;
    receiving.buffer = buffer;
    receiving.size = size;
    receiving.flags = flags;
    return tcpip_call(&receiving.call, receive_now, socket, &socket->waiting,
                      (flags & FREERTOS_MSG_DONTWAIT) != 0 ? 0 : socket->receive_timeout);
}
