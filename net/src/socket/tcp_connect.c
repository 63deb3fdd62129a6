/* SPDX-License-Identifier: MIT */
/*
 * Connecting, listening, accepting, shutting down. Each function fills a call; its attempt runs in
 * the stack's task, again after each change of the socket, until it has a result.
 */
#include "socket/tcp_socket.h"

#include "core/os.h"
#include "core/route.h"

static bool finish(struct tcpip_call *call, int32_t result)
{
    call->result = result;
    return true;
}

static struct tcp_call *of(struct tcpip_call *call)
{
    return (struct tcp_call *)(void *)call;
}

/* --- connect ----------------------------------------------------------------------------------- */

static int32_t start_connecting(struct tcp_socket *socket, const struct tcp_call *call)
{
    struct tcpip_tcp_endpoints endpoints = {
        .remote = call->address, .remote_port = call->port, .local_port = socket->base.port};
    const struct tcp_settings *settings = &socket->settings;
    struct tcpip_route route;

    if (!ipconfigALLOW_SOCKET_SEND_WITHOUT_BIND && !socket->base.bound)
        return -pdFREERTOS_ERRNO_EINVAL;
    if (!tcpip_route_find(tcpip_socket_source(&socket->base), &call->address, &route))
        return -pdFREERTOS_ERRNO_EADDRNOTAVAIL;
    endpoints.local = route.source;
    struct tcpip_tcp_connection *connection = tcpip_tcp_open(
        tcpip_tcp_host(), &endpoints, settings->send_size, settings->receive_size,
        settings->options, &socket->owner, tcpip_os_now());
    tcpip_tcp_ran();
    if (connection == NULL)
        return -pdFREERTOS_ERRNO_ENOMEM;
    socket->chosen_for_it = !socket->base.bound;
    tcpip_tcp_bind_to(socket, connection);
    return 0;
}

/* A connection that has ended makes room for the next, which gets an address and a port of its own
 * unless the application has bound the socket. */
static void forget_ended(struct tcp_socket *socket)
{
    struct tcpip_tcp_connection *connection = socket->connection;

    if (connection == NULL || connection->state != TCPIP_TCP_CLOSED)
        return;
    socket->connection = NULL;
    tcpip_tcp_close(connection, tcpip_os_now());
    tcpip_tcp_ran();
    if (socket->chosen_for_it) {
        socket->chosen_for_it = false;
        socket->base.bound = false;
        socket->base.local = (struct tcpip_address){.family = socket->base.family};
        socket->base.port = 0;
    }
}

static int32_t first_attempt(struct tcp_socket *socket, const struct tcp_call *call)
{
    if (socket->listening)
        return -pdFREERTOS_ERRNO_EOPNOTSUPP;
    forget_ended(socket);
    if (socket->connection != NULL)
        return socket->connected ? -pdFREERTOS_ERRNO_EISCONN : -pdFREERTOS_ERRNO_EINPROGRESS;
    return start_connecting(socket, call);
}

static bool attempt_connect(struct tcpip_call *base)
{
    struct tcp_call *call = of(base);
    struct tcp_socket *socket = call->socket;

    if (!call->started) {
        int32_t result = first_attempt(socket, call);
        call->started = true;
        if (result != 0)
            return finish(base, result);
    }
    const struct tcpip_tcp_connection *connection = socket->connection;
    if (connection->state == TCPIP_TCP_CLOSED)
        return finish(base, connection->error == TCPIP_TCP_TIMED_OUT ? -pdFREERTOS_ERRNO_ETIMEDOUT
                                                                     : -pdFREERTOS_ERRNO_ENOTCONN);
    return connection->state >= TCPIP_TCP_ESTABLISHED && finish(base, 0);
}

BaseType_t tcpip_tcp_socket_connect(struct tcpip_socket *base,
                                    const struct freertos_sockaddr *address)
{
    TickType_t timeout = base->receive_timeout;
    struct tcp_call call = {0};

    /* RFC 9293 MUST-46: never to a group. */
    if (!tcpip_address_from_sockaddr(address, &call.address, &call.port) || call.port == 0 ||
        tcpip_address_is_multicast(&call.address) || tcpip_address_is_broadcast(&call.address))
        return -pdFREERTOS_ERRNO_EINVAL;
    int32_t result = tcpip_tcp_ask(tcpip_tcp_socket_of(base), &call, attempt_connect, timeout);
    if (result == -pdFREERTOS_ERRNO_EWOULDBLOCK && timeout > 0)
        result = -pdFREERTOS_ERRNO_ETIMEDOUT;
    return result;
}

/* --- listen ------------------------------------------------------------------------------------ */

static bool attempt_listen(struct tcpip_call *base)
{
    const struct tcp_call *call = of(base);
    struct tcp_socket *socket = call->socket;
    struct tcpip_tcp_listener *listener = &socket->listener;

    forget_ended(socket);
    if (!socket->base.bound || socket->listening || socket->connection != NULL)
        return finish(base, -pdFREERTOS_ERRNO_EOPNOTSUPP);
    listener->address = socket->base.local;
    listener->port = socket->base.port;
    listener->backlog = call->backlog < 1           ? 1
                        : call->backlog > INT16_MAX ? INT16_MAX
                                                    : (uint16_t)call->backlog;
    listener->send_size = socket->settings.send_size;
    listener->receive_size = socket->settings.receive_size;
    listener->options = socket->settings.options;
    listener->owner = &socket->owner;
    if (!tcpip_tcp_listen(tcpip_tcp_host(), listener))
        return finish(base, -pdFREERTOS_ERRNO_EADDRINUSE);
    socket->listening = true;
    return finish(base, 0);
}

BaseType_t tcpip_tcp_socket_listen(struct tcpip_socket *base, BaseType_t backlog)
{
    struct tcp_call call = {.backlog = backlog};

    return tcpip_tcp_ask(tcpip_tcp_socket_of(base), &call, attempt_listen, 0);
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

static bool attempt_accept(struct tcpip_call *base)
{
    struct tcp_call *call = of(base);
    struct tcp_socket *socket = call->socket;

    if (socket->reuse && socket->connection != NULL) {
        call->accepted = socket;
        return finish(base, 0);
    }
    if (!socket->listening)
        return finish(base, -pdFREERTOS_ERRNO_EINVAL);
    if (socket->listener.waiting == 0)
        return false;
    call->accepted = make_child(socket);
    return finish(base, call->accepted != NULL ? 0 : -pdFREERTOS_ERRNO_ENOMEM);
}

Socket_t tcpip_tcp_socket_accept(struct tcpip_socket *base, struct freertos_sockaddr *address)
{
    struct tcp_call call = {0};
    int32_t result = tcpip_tcp_ask(tcpip_tcp_socket_of(base), &call, attempt_accept,
                                   base->receive_timeout);

    if (result == -pdFREERTOS_ERRNO_EINVAL)
        return FREERTOS_INVALID_SOCKET;
    if (result != 0)
        return NULL;
    if (address != NULL)
        (void)FreeRTOS_GetRemoteAddress(&call.accepted->base, address);
    return &call.accepted->base;
}

/* --- shutdown ---------------------------------------------------------------------------------- */

static bool attempt_shutdown(struct tcpip_call *base)
{
    struct tcp_socket *socket = of(base)->socket;
    struct tcpip_tcp_connection *connection = socket->connection;

    if (connection == NULL || connection->state < TCPIP_TCP_ESTABLISHED)
        return finish(base, -pdFREERTOS_ERRNO_EOPNOTSUPP);
    atomic_store(&socket->writable, false);
    tcpip_tcp_shutdown(connection, tcpip_os_now());
    tcpip_tcp_ran();
    return finish(base, 0);
}

/* Both directions end with ours: what the peer still sends can be read until it ends, too. */
BaseType_t tcpip_tcp_socket_shutdown(struct tcpip_socket *base, BaseType_t how)
{
    struct tcp_call call = {0};

    return tcpip_tcp_ask(tcpip_tcp_socket_of(base), &call, attempt_shutdown, 0);
}

BaseType_t FreeRTOS_GetRemoteAddress(ConstSocket_t base, struct freertos_sockaddr *address)
{
    const struct tcp_socket *socket = tcpip_tcp_socket_check(base);

    if (socket == NULL || address == NULL)
        return -pdFREERTOS_ERRNO_EINVAL;
    if (socket->connection == NULL)
        return -pdFREERTOS_ERRNO_ENOTCONN;
    tcpip_address_to_sockaddr(&socket->connection->ends.remote,
                              socket->connection->ends.remote_port, address);
    return (BaseType_t)sizeof address->sin_address;
}
