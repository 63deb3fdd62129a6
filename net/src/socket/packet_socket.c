/* SPDX-License-Identifier: MIT */
/*
 * Packet sockets: a bounded queue of copies, made while a quarter of the pool stays free for others, so
 * that an application that does not fetch its frames stops nobody. The stack's task copies into it; into
 * the application's memory the application's task copies.
 */
#include "tcpip_packet.h"

#if ipconfigUSE_PACKET_SOCKETS

#include <string.h>

#include "FreeRTOS_Routing.h"
#include "core/container.h"
#include "core/drop.h"
#include "core/frame.h"
#include "core/route.h"
#include "core/task.h"
#include "link/ethernet.h"
#include "link/frame_port.h"
#include "socket/socket.h"

#define FRAMES_FOR_OTHERS (ipconfigNUM_NETWORK_BUFFER_DESCRIPTORS / 4)

struct packet_socket {
    struct tcpip_socket base;
    struct tcpip_frame_port port;
    struct netif_frame *queue;
    struct netif_frame **last;
    UBaseType_t queued;
    UBaseType_t limit;
    uint32_t lost;
};

/* --- the kind -------------------------------------------------------------------------------------- */

static struct packet_socket *of(struct tcpip_socket *socket)
{
    return (struct packet_socket *)socket;
}

static struct netif_frame *copy_of(const struct packet_socket *socket, const uint8_t *bytes,
                                   size_t size)
{
    struct netif_frame *frame = NULL;

    if (socket->queued < socket->limit && tcpip_frames_free() >= FRAMES_FOR_OTHERS)
        frame = tcpip_frame_allocate(0, size);
    if (frame != NULL) {
        memcpy(frame->data, bytes, size);
        frame->length = (uint16_t)size;
    }
    return frame;
}

static void input(struct tcpip_frame_port *port, const uint8_t *bytes, size_t size)
{
    struct packet_socket *socket = TCPIP_CONTAINER(port, struct packet_socket, port);
    struct netif_frame *frame = copy_of(socket, bytes, size);

    if (frame == NULL) {
        socket->lost++;
        tcpip_drop(NULL, TCPIP_DROP_PACKET_QUEUE);
        return;
    }
    *socket->last = frame;
    socket->last = &frame->next;
    socket->queued++;
    tcpip_socket_changed(&socket->base);
}

static bool packet_open(struct tcpip_socket *base)
{
    of(base)->last = &of(base)->queue;
    of(base)->limit = ipconfigUDP_MAX_RX_PACKETS;
    base->bound = true; /* to its interface, for ever */
    return true;
}

static struct netif_frame *take(struct packet_socket *socket)
{
    struct netif_frame *frame = socket->queue;

    socket->queue = frame->next;
    if (socket->queue == NULL)
        socket->last = &socket->queue;
    socket->queued--;
    return frame;
}

static void packet_close(struct tcpip_socket *base)
{
    tcpip_frame_port_close(&of(base)->port);
    while (of(base)->queue != NULL)
        tcpip_frame_release(take(of(base)));
}

static BaseType_t packet_bind(struct tcpip_socket *base)
{
    return -FREERTOS_EINVAL;
}

EventBits_t tcpip_packet_socket_ready(struct tcpip_socket *base)
{
    return (of(base)->queued > 0 ? (EventBits_t)eSELECT_READ : 0) | (EventBits_t)eSELECT_WRITE;
}

static BaseType_t packet_set_option(struct tcpip_socket *base, int32_t option, const void *value,
                                    size_t size)
{
    if (option != FREERTOS_SO_UDP_MAX_RX_PACKETS)
        return -FREERTOS_ENOPROTOOPT;
    if (value == NULL || *(const UBaseType_t *)value == 0)
        return -FREERTOS_EINVAL;
    of(base)->limit = *(const UBaseType_t *)value;
    return 0;
}

const struct tcpip_socket_operations tcpip_packet_socket_kind = {
    .size = sizeof(struct packet_socket),
    .open = packet_open,
    .close = packet_close,
    .bind = packet_bind,
    .set_option = packet_set_option,
};

static bool is_packet_socket(const struct tcpip_socket *socket)
{
    return tcpip_is_socket(socket) && socket->operations == &tcpip_packet_socket_kind;
}

/* --- calls ----------------------------------------------------------------------------------------- */

struct create_call {
    struct tcpip_call call;
    uint16_t type;
    struct tcpip_socket *created;
};

static int32_t create(void *interface, struct tcpip_call *call)
{
    struct create_call *creation = (struct create_call *)call;

    creation->created = tcpip_socket_create(&tcpip_packet_socket_kind, TCPIP_UNSPECIFIED, 0);
    if (creation->created == NULL)
        return 0;
    of(creation->created)->port = (struct tcpip_frame_port){
        .interface = interface, .type = creation->type, .input = input};
    tcpip_frame_port_open(&of(creation->created)->port);
    return 0;
}

Socket_t tcpip_packet_socket(struct xNetworkInterface *interface, uint16_t type)
{
    struct create_call creation;

    if (interface == NULL || (type != TCPIP_PACKET_ALL && type < ETHERNET_TYPE_LOWEST) ||
        tcpip_task_handle() == NULL)
        return FREERTOS_INVALID_SOCKET;
    creation.type = type;
    tcpip_call(&creation.call, create, &interface->core, NULL, 0);
    return creation.created != NULL ? creation.created : FREERTOS_INVALID_SOCKET;
}

struct frame_call {
    struct tcpip_call call;
    struct netif_frame *frame;
};

static int32_t receive_now(void *object, struct tcpip_call *call)
{
    struct packet_socket *socket = object;

    if (socket->queue == NULL)
        return -FREERTOS_EWOULDBLOCK;
    ((struct frame_call *)call)->frame = take(socket);
    return 0;
}

int32_t tcpip_packet_receive(Socket_t socket, void *buffer, size_t size, BaseType_t flags)
{
    struct frame_call receiving;

    if (!is_packet_socket(socket) || buffer == NULL)
        return -FREERTOS_EINVAL;
    int32_t result = tcpip_call(&receiving.call, receive_now, socket, &socket->waiting,
                                (flags & FREERTOS_MSG_DONTWAIT) != 0 ? 0 : socket->receive_timeout);
    if (result < 0)
        return result;
    if (size > receiving.frame->length)
        size = receiving.frame->length;
    memcpy(buffer, receiving.frame->data, size);
    tcpip_frame_release(receiving.frame);
    return (int32_t)size;
}

static int32_t send_now(void *object, struct tcpip_call *call)
{
    const struct packet_socket *socket = object;
    struct netif_frame *frame = ((struct frame_call *)call)->frame;
    int32_t size = frame->length;
    uint16_t type = tcpip_get_be16(frame->data + ETHERNET_TYPE_AT);
    uint8_t destination[NETIF_MAC_SIZE];

    memcpy(destination, frame->data, sizeof destination);
    (void)tcpip_frame_pull(frame, NETIF_HEADER_SIZE); /* it is that long */
    return tcpip_ethernet_output(socket->port.interface, frame, destination, type)
               ? size
               : -FREERTOS_ENOBUFS;
}

/* NULL: none is free in time. */
static struct netif_frame *wait_for_frame(size_t size, TickType_t ticks_to_wait)
{
    const TickType_t most = ipconfigUDP_MAX_SEND_BLOCK_TIME_TICKS;
    struct netif_frame *frame;
    TimeOut_t since;

    if (ticks_to_wait > most)
        ticks_to_wait = most;
    vTaskSetTimeOutState(&since);
    while ((frame = tcpip_frame_allocate(TCPIP_FRAME_ALIGNMENT, size)) == NULL) {
        if (xTaskCheckForTimeOut(&since, &ticks_to_wait) != pdFALSE)
            return NULL;
        vTaskDelay(1);
    }
    return frame;
}

int32_t tcpip_packet_send(Socket_t socket, const void *bytes, size_t size, BaseType_t flags)
{
    struct frame_call sending;

    if (!is_packet_socket(socket) || bytes == NULL || size < NETIF_HEADER_SIZE ||
        size > NETIF_HEADER_SIZE + (size_t)tcpip_route_mtu(of(socket)->port.interface, TCPIP_IPV4))
        return -FREERTOS_EINVAL;
    sending.frame = wait_for_frame(size,
                                   (flags & FREERTOS_MSG_DONTWAIT) != 0 ? 0 : socket->send_timeout);
    if (sending.frame == NULL)
        return -FREERTOS_ENOBUFS;
    memcpy(sending.frame->data, bytes, size);
    sending.frame->length = (uint16_t)size;
    return tcpip_call(&sending.call, send_now, socket, NULL, 0);
}

uint32_t tcpip_packet_lost(Socket_t socket)
{
    return is_packet_socket(socket) ? of(socket)->lost : 0;
}

#endif
