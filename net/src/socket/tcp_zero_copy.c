/* SPDX-License-Identifier: MIT */
/*
 * The rings themselves: received bytes that are read where they lie, room to write the next ones into,
 * and the receive buffer as an object to look into.
 */
#include "socket/tcp_socket.h"

#include "FreeRTOS_Stream_Buffer.h"

void FreeRTOS_ReleaseTCPPayloadBuffer(Socket_t base, void const *buffer, BaseType_t size)
{
    struct tcpip_span spans[2];

    if (tcpip_tcp_socket_check(base) == NULL || size <= 0)
        return;
    struct tcp_socket *socket = tcpip_tcp_socket_of(base);
    if (socket->connection == NULL)
        return;
    struct tcpip_ring *ring = &socket->connection->receive;
    size_t have = tcpip_ring_peek(ring, 0, (size_t)size, spans);
    configASSERT(buffer == spans[0].bytes && have >= (size_t)size);
    if (buffer != spans[0].bytes)
        return;
    tcpip_ring_drop(ring, (uint32_t)have);
    tcpip_tcp_kick(socket);
}

uint8_t *FreeRTOS_get_tx_head(ConstSocket_t base, BaseType_t *size)
{
    const struct tcp_socket *socket = tcpip_tcp_socket_check(base);
    size_t room = 0;
    uint8_t *place = NULL;

    if (socket != NULL && socket->connection != NULL && tcpip_tcp_is_writable(socket))
        place = tcpip_ring_free_span(&socket->connection->send, &room);
    *size = (BaseType_t)room;
    return place;
}

uint8_t *FreeRTOS_get_tx_base(Socket_t base)
{
    const struct tcp_socket *socket = tcpip_tcp_socket_check(base);

    return socket != NULL && socket->connection != NULL ? socket->connection->send.bytes : NULL;
}

/* --- looking into the receive buffer ------------------------------------------------------------- */

/* The ring itself: the type is opaque to the application. */
const struct xSTREAM_BUFFER *FreeRTOS_get_rx_buf(ConstSocket_t base)
{
    const struct tcp_socket *socket = tcpip_tcp_socket_check(base);

    if (socket == NULL || socket->connection == NULL)
        return NULL;
    return (const struct xSTREAM_BUFFER *)(const void *)&socket->connection->receive;
}

static const struct tcpip_ring *ring_of(const StreamBuffer_t *buffer)
{
    return (const struct tcpip_ring *)(const void *)buffer;
}

size_t uxStreamBufferGetSize(const StreamBuffer_t *buffer)
{
    return tcpip_ring_count(ring_of(buffer));
}

size_t uxStreamBufferGetSpace(const StreamBuffer_t *buffer)
{
    return tcpip_ring_free(ring_of(buffer));
}

size_t uxStreamBufferGetPtr(const StreamBuffer_t *buffer, uint8_t **place)
{
    const struct tcpip_ring *ring = ring_of(buffer);
    struct tcpip_span spans[2];

    tcpip_ring_peek(ring, 0, ring->size, spans);
    *place = (uint8_t *)(uintptr_t)spans[0].bytes;
    return spans[0].size;
}
