/* SPDX-License-Identifier: MIT */
/*
 * Bytes in and out. What fits goes through the rings in the caller's task; only a full or an empty
 * ring asks the stack's task, which says whether there is something to wait for.
 */
#include "socket/tcp_socket.h"

#include <string.h>

/* --- sending ----------------------------------------------------------------------------------- */

static int32_t attempt_send(void *object, struct tcpip_call *call)
{
    const struct tcp_socket *socket = object;
    const struct tcpip_tcp_connection *connection = socket->connection;

    if (connection == NULL || !tcpip_tcp_is_writable(socket))
        return -pdFREERTOS_ERRNO_ENOTCONN;
    return tcpip_ring_free(&connection->send) > 0 ? 0 : -pdFREERTOS_ERRNO_EWOULDBLOCK;
}

/* With a buffer of NULL the bytes are in the ring already: they were written to the place that
 * FreeRTOS_get_tx_head gave. */
BaseType_t FreeRTOS_send(Socket_t base, const void *buffer, size_t size, BaseType_t flags)
{
    struct tcp_socket *socket = tcpip_tcp_socket_check(base);
    const uint8_t *bytes = buffer;
    struct tcpip_call call;
    TimeOut_t start;
    size_t sent = 0;
    int32_t result;

    if (socket == NULL || size > INT32_MAX)
        return -pdFREERTOS_ERRNO_EINVAL;
    TickType_t timeout = (flags & FREERTOS_MSG_DONTWAIT) != 0 ? 0 : base->send_timeout;
    vTaskSetTimeOutState(&start);
    do {
        if (tcpip_tcp_is_writable(socket)) {
            size_t count = tcpip_ring_write(&socket->connection->send,
                                            bytes != NULL ? bytes + sent : NULL, size - sent);
            if (count > 0)
                tcpip_tcp_kick(socket);
            sent += count;
            if (sent == size || (bytes == NULL && sent > 0))
                return (BaseType_t)sent;
        }
        (void)xTaskCheckForTimeOut(&start, &timeout); /* leaves 0 when it is up */
        result = tcpip_tcp_ask(base, &call, attempt_send, timeout);
    } while (result == 0);
    if (sent > 0 || size == 0)
        return (BaseType_t)sent;
    return result == -pdFREERTOS_ERRNO_EWOULDBLOCK ? -pdFREERTOS_ERRNO_ENOSPC : result;
}

/* --- receiving --------------------------------------------------------------------------------- */

static int32_t attempt_receive(void *object, struct tcpip_call *call)
{
    const struct tcp_socket *socket = object;
    const struct tcpip_tcp_connection *connection = socket->connection;

    if (connection == NULL)
        return -pdFREERTOS_ERRNO_ENOTCONN;
    if (tcpip_ring_count(&connection->receive) > 0)
        return 0;
    if (connection->error == TCPIP_TCP_NO_MEMORY)
        return -pdFREERTOS_ERRNO_ENOMEM;
    if (connection->peer_finished || connection->state == TCPIP_TCP_CLOSED ||
        connection->state == TCPIP_TCP_TIME_WAIT)
        return -pdFREERTOS_ERRNO_ENOTCONN;
    return -pdFREERTOS_ERRNO_EWOULDBLOCK;
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

BaseType_t FreeRTOS_recv(Socket_t base, void *buffer, size_t size, BaseType_t flags)
{
    struct tcp_socket *socket = tcpip_tcp_socket_check(base);
    struct tcpip_call call;

    if (socket == NULL || buffer == NULL || size > INT32_MAX)
        return -pdFREERTOS_ERRNO_EINVAL;
    if (size == 0 && (flags & FREERTOS_ZERO_COPY) != 0)
        size = INT32_MAX; /* as much as there is */
    if (size == 0)
        return 0;
    if (socket->connection == NULL || tcpip_ring_count(&socket->connection->receive) == 0) {
        int32_t result = tcpip_tcp_ask(
            base, &call, attempt_receive,
            (flags & FREERTOS_MSG_DONTWAIT) != 0 ? 0 : base->receive_timeout);
        if (result == -pdFREERTOS_ERRNO_EWOULDBLOCK)
            return 0; /* in time, nothing */
        if (result != 0)
            return result;
    }
    return take(socket, buffer, size, flags);
}
