/* SPDX-License-Identifier: MIT */
/*
 * Bytes in and out. What fits goes through the rings in the caller's task; only a full or an empty
 * ring asks the stack's task, which says whether there is something to wait for.
 */
#include "socket/tcp_socket.h"

#include <string.h>

static bool finish(struct tcpip_call *call, int32_t result)
{
    call->result = result;
    return true;
}

/* --- sending ----------------------------------------------------------------------------------- */

static bool attempt_send(struct tcpip_call *base)
{
    const struct tcp_socket *socket = ((struct tcp_call *)(void *)base)->socket;
    const struct tcpip_tcp_connection *connection = socket->connection;

    if (connection == NULL || !atomic_load(&socket->writable))
        return finish(base, -pdFREERTOS_ERRNO_ENOTCONN);
    return tcpip_ring_free(&connection->send) > 0 && finish(base, 0);
}

/* Puts what fits into the ring. With a buffer of NULL the bytes are there already: they were
 * written to the place that FreeRTOS_get_tx_head gave. */
static size_t put(struct tcp_socket *socket, const uint8_t *bytes, size_t size)
{
    struct tcpip_ring *ring = &socket->connection->send;
    size_t room = tcpip_ring_free(ring), count = size < room ? size : room;

    if (bytes != NULL)
        count = tcpip_ring_write(ring, bytes, size);
    else
        tcpip_ring_publish(ring, (uint32_t)count);
    if (count > 0)
        tcpip_tcp_kick(socket);
    return count;
}

static TickType_t left_of(TickType_t start, TickType_t timeout)
{
    TickType_t gone = xTaskGetTickCount() - start;

    if (timeout == portMAX_DELAY)
        return timeout;
    return gone < timeout ? timeout - gone : 0;
}

BaseType_t tcpip_tcp_socket_send(struct tcpip_socket *base, const void *buffer, size_t size,
                                 BaseType_t flags)
{
    struct tcp_socket *socket = tcpip_tcp_socket_of(base);
    TickType_t start = xTaskGetTickCount();
    TickType_t timeout = (flags & FREERTOS_MSG_DONTWAIT) != 0 ? 0 : base->send_timeout;
    const uint8_t *bytes = buffer;
    size_t sent = 0;
    int32_t result = 0;

    if (size > INT32_MAX)
        return -pdFREERTOS_ERRNO_EINVAL;
    while (result == 0) {
        if (atomic_load(&socket->writable))
            sent += put(socket, bytes != NULL ? bytes + sent : NULL, size - sent);
        if (sent == size && atomic_load(&socket->writable))
            break;
        struct tcp_call call = {0};
        result = tcpip_tcp_ask(socket, &call, attempt_send, left_of(start, timeout));
        if (bytes == NULL && sent > 0)
            break;
    }
    if (sent > 0 || size == 0)
        return (BaseType_t)sent;
    return result == -pdFREERTOS_ERRNO_EWOULDBLOCK ? -pdFREERTOS_ERRNO_ENOSPC : result;
}

/* --- receiving --------------------------------------------------------------------------------- */

static bool attempt_receive(struct tcpip_call *base)
{
    const struct tcp_socket *socket = ((struct tcp_call *)(void *)base)->socket;
    const struct tcpip_tcp_connection *connection = socket->connection;

    if (connection == NULL)
        return finish(base, -pdFREERTOS_ERRNO_ENOTCONN);
    if (tcpip_ring_count(&connection->receive) > 0)
        return finish(base, 0);
    if (connection->error == TCPIP_TCP_NO_MEMORY)
        return finish(base, -pdFREERTOS_ERRNO_ENOMEM);
    if (connection->peer_finished || connection->state == TCPIP_TCP_CLOSED ||
        connection->state == TCPIP_TCP_TIME_WAIT)
        return finish(base, -pdFREERTOS_ERRNO_ENOTCONN);
    return false;
}

/* Takes what is there; the caller has seen that it is not nothing. */
static BaseType_t take(struct tcp_socket *socket, void *buffer, size_t size, BaseType_t flags)
{
    struct tcpip_ring *ring = &socket->connection->receive;
    struct tcpip_span spans[2];
    size_t count;

    if ((flags & FREERTOS_ZERO_COPY) != 0) {
        tcpip_ring_peek(ring, 0, size, spans);
        memcpy(buffer, &spans[0].bytes, sizeof spans[0].bytes);
        return (BaseType_t)spans[0].size;
    }
    count = tcpip_ring_copy(ring, buffer, size);
    if ((flags & FREERTOS_MSG_PEEK) == 0) {
        tcpip_ring_drop(ring, (uint32_t)count);
        tcpip_tcp_kick(socket);
    }
    return (BaseType_t)count;
}

BaseType_t tcpip_tcp_socket_receive(struct tcpip_socket *base, void *buffer, size_t size,
                                    BaseType_t flags)
{
    struct tcp_socket *socket = tcpip_tcp_socket_of(base);
    TickType_t timeout = (flags & FREERTOS_MSG_DONTWAIT) != 0 ? 0 : base->receive_timeout;
    struct tcp_call call = {0};

    if (buffer == NULL || size > INT32_MAX)
        return -pdFREERTOS_ERRNO_EINVAL;
    if (size == 0 && (flags & FREERTOS_ZERO_COPY) != 0)
        size = INT32_MAX; /* as much as there is */
    if (size == 0)
        return 0;
    if (socket->connection == NULL || tcpip_ring_count(&socket->connection->receive) == 0) {
        int32_t result = tcpip_tcp_ask(socket, &call, attempt_receive, timeout);
        if (result == -pdFREERTOS_ERRNO_EWOULDBLOCK)
            return 0; /* in time, nothing */
        if (result != 0)
            return result;
    }
    return take(socket, buffer, size, flags);
}
