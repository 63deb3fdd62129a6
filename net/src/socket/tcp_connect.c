/* SPDX-License-Identifier: MIT */
/*
 * Connecting, listening, accepting, shutting down. Each function fills a call; its attempt runs in
 * the stack's task, again after each change of the socket, until it has a result.
 */
#include "socket/tcp_socket.h"

#include "core/os.h"
#include "core/route.h"

/* A connection that has ended makes room for the next, which gets an address and a port of its own
 * unless the application has bound the socket. */
static void forget_ended(struct tcp_socket *socket)
{
    struct tcpip_tcp_connection *connection = socket->connection;

    if (connection == NULL || connection->state != TCPIP_TCP_CLOSED)
        return;
    socket->connection = NULL;
    tcpip_tcp_close(connection);
    if (socket->chosen_for_it) {
        socket->chosen_for_it = false;
        socket->base.bound = false;
        socket->base.local = (struct tcpip_address){.family = socket->base.family};
        socket->base.port = 0;
    }
}

static int32_t await_connection(void *socket, struct tcpip_call *call)
{
    const struct tcpip_tcp_connection *connection = ((struct tcp_socket *)socket)->connection;

    if (connection->state == TCPIP_TCP_CLOSED)
        return connection->error == TCPIP_TCP_TIMED_OUT ? -pdFREERTOS_ERRNO_ETIMEDOUT
                                                        : -pdFREERTOS_ERRNO_ENOTCONN;
    return connection->state >= TCPIP_TCP_ESTABLISHED ? 0 : -pdFREERTOS_ERRNO_EWOULDBLOCK;
}

static int32_t attempt_connect(void *object, struct tcpip_call *base)
{
    struct tcp_call *call = (struct tcp_call *)(void *)base;
    struct tcp_socket *socket = object;
    struct tcpip_route route;

    if (tcpip_tcp_is_listening(socket))
        return -pdFREERTOS_ERRNO_EOPNOTSUPP;
    forget_ended(socket);
    if (socket->connection != NULL)
        return socket->connected ? -pdFREERTOS_ERRNO_EISCONN : -pdFREERTOS_ERRNO_EINPROGRESS;
    if (!ipconfigALLOW_SOCKET_SEND_WITHOUT_BIND && !socket->base.bound)
        return -pdFREERTOS_ERRNO_EINVAL;
    if (!tcpip_route_find(tcpip_socket_source(&socket->base), &call->ends.remote, &route))
        return -pdFREERTOS_ERRNO_EADDRNOTAVAIL;
    call->ends.local = route.source;
    call->ends.local_port = socket->base.port;
    struct tcpip_tcp_connection *connection = tcpip_tcp_open(
        tcpip_tcp_host(), &call->ends, &socket->settings.engine, &socket->owner);
    if (connection == NULL)
        return -pdFREERTOS_ERRNO_ENOMEM;
    socket->chosen_for_it = !socket->base.bound;
    tcpip_tcp_bind_to(socket, connection);
    base->attempt = await_connection; /* from now on */
    return await_connection(socket, base);
}

BaseType_t FreeRTOS_connect(Socket_t base, const struct freertos_sockaddr *address,
                            socklen_t address_length)
{
    struct tcp_call call;

    /* RFC 9293 MUST-46: never to a group. */
    if (!tcpip_is_socket(base) ||
        !tcpip_address_from_sockaddr(address, &call.ends.remote, &call.ends.remote_port) ||
        call.ends.remote_port == 0 || tcpip_address_is_multicast(&call.ends.remote) ||
        tcpip_address_is_broadcast(&call.ends.remote))
        return -pdFREERTOS_ERRNO_EINVAL;
    TickType_t timeout = base->receive_timeout;
    int32_t result = tcpip_tcp_ask(base, &call.call, attempt_connect, timeout);
    if (result == -pdFREERTOS_ERRNO_EWOULDBLOCK && timeout > 0)
        result = -pdFREERTOS_ERRNO_ETIMEDOUT;
    return result;
}

/* --- listen ------------------------------------------------------------------------------------ */

static int32_t attempt_listen(void *object, struct tcpip_call *base)
{
    struct tcp_call *call = (struct tcp_call *)(void *)base;
    struct tcp_socket *socket = object;
    struct tcpip_tcp_listener *listener = &socket->listener;

    forget_ended(socket);
    if (!socket->base.bound || tcpip_tcp_is_listening(socket) || socket->connection != NULL)
        return -pdFREERTOS_ERRNO_EOPNOTSUPP;
    listener->address = socket->base.local;
    listener->port = socket->base.port;
    listener->backlog = call->backlog < 1           ? 1
                        : call->backlog > INT16_MAX ? INT16_MAX
                                                    : (uint16_t)call->backlog;
    listener->settings = &socket->settings.engine;
    listener->owner = &socket->owner;
    return tcpip_tcp_listen(tcpip_tcp_host(), listener) ? 0 : -pdFREERTOS_ERRNO_EADDRINUSE;
}

BaseType_t FreeRTOS_listen(Socket_t base, BaseType_t backlog)
{
    struct tcp_call call;

    call.backlog = backlog;
    return tcpip_tcp_ask(base, &call.call, attempt_listen, 0);
}

/* --- accept ------------------------------------------------------------------------------------ */

/* A socket for the connection that has waited longest, with what it inherits. */
static struct tcp_socket *make_child(struct tcp_socket *parent)
{
    struct tcpip_socket *base = tcpip_socket_create(&tcpip_tcp_socket, parent->base.family, 0);
    struct tcp_socket *child = base != NULL ? tcpip_tcp_socket_of(base) : NULL;

    if (child == NULL)
        return NULL;
    base->receive_timeout = parent->base.receive_timeout;
    base->send_timeout = parent->base.send_timeout;
    child->settings = parent->settings;
    tcpip_tcp_attach(child, tcpip_tcp_accept(&parent->listener, &child->owner));
    return child;
}

static int32_t attempt_accept(void *object, struct tcpip_call *base)
{
    struct tcp_call *call = (struct tcp_call *)(void *)base;
    struct tcp_socket *socket = object;
    call->accepted = socket;
    if (tcpip_tcp_is_reused(socket) && socket->connection != NULL)
        return 0;
    if (!tcpip_tcp_is_listening(socket))
        return -pdFREERTOS_ERRNO_EINVAL;
    if (socket->listener.waiting == 0)
        return -pdFREERTOS_ERRNO_EWOULDBLOCK;
    call->accepted = make_child(socket);
    return call->accepted != NULL ? 0 : -pdFREERTOS_ERRNO_ENOMEM;
}

Socket_t FreeRTOS_accept(Socket_t base, struct freertos_sockaddr *address,
                         socklen_t *address_length)
{
    int32_t result = -pdFREERTOS_ERRNO_EINVAL;
    struct tcp_call call;

    if (address_length != NULL)
        *address_length = sizeof *address;
    if (tcpip_is_socket(base))
        result = tcpip_tcp_ask(base, &call.call, attempt_accept, base->receive_timeout);
    if (result == -pdFREERTOS_ERRNO_EINVAL)
        return FREERTOS_INVALID_SOCKET;
    if (result != 0)
        return NULL;
    const struct tcpip_tcp_connection *connection = call.accepted->connection;
    if (address != NULL)
        tcpip_address_to_sockaddr(&connection->ends.remote, connection->ends.remote_port, address);
    return &call.accepted->base;
}

/* --- shutdown ---------------------------------------------------------------------------------- */

static int32_t attempt_shutdown(void *object, struct tcpip_call *call)
{
    struct tcp_socket *socket = object;
    struct tcpip_tcp_connection *connection = socket->connection;

    if (connection == NULL || connection->state < TCPIP_TCP_ESTABLISHED)
        return -pdFREERTOS_ERRNO_EOPNOTSUPP;
    tcpip_tcp_set_writable(socket, false);
    tcpip_tcp_shutdown(connection);
    return 0;
}

/* Both directions end with ours: what the peer still sends can be read until it ends, too. */
BaseType_t FreeRTOS_shutdown(Socket_t base, BaseType_t how)
{
    struct tcpip_call call;

    return tcpip_tcp_ask(base, &call, attempt_shutdown, 0);
}
