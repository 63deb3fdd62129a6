/* SPDX-License-Identifier: MIT */
/*
 * TCP sockets: birth, death, and what the engine tells them. Everything here runs in the stack's
 * task, but for tcpip_tcp_kick and tcpip_tcp_ask.
 */
#include "socket/tcp_socket.h"

#include "core/os.h"
#include "core/task.h"

static struct tcp_socket *socket_of_owner(struct tcpip_tcp_owner *owner)
{
    return TCPIP_CONTAINER(owner, struct tcp_socket, owner);
}

struct tcp_socket *tcpip_tcp_socket_check(ConstSocket_t socket)
{
    if (!tcpip_is_socket(socket) || socket->operations != &tcpip_tcp_socket)
        return NULL;
    return (struct tcp_socket *)(uintptr_t)socket;
}

bool tcpip_in_stack_task(void)
{
    return xTaskGetCurrentTaskHandle() == tcpip_task_handle();
}

int32_t tcpip_tcp_ask(struct tcpip_socket *socket, struct tcpip_call *call, tcpip_attempt *attempt,
                      TickType_t ticks_to_wait)
{
    if (tcpip_tcp_socket_check(socket) == NULL)
        return -pdFREERTOS_ERRNO_EINVAL;
    if (tcpip_in_stack_task())
        return attempt(socket, call);
    return tcpip_call(call, attempt, socket, &socket->waiting, ticks_to_wait);
}

/* --- what the application does to the rings ---------------------------------------------------- */

void tcpip_tcp_apply_settings(const struct tcp_socket *socket)
{
    const struct tcp_settings *settings = &socket->settings;
    struct tcpip_tcp_connection *connection = socket->connection;

    connection->options = settings->engine.options;
    if (ipconfigUSE_TCP_MORE_OPTIONS) {
        connection->little_room = settings->little_room;
        connection->enough_room = settings->enough_room;
        connection->user_timeout = settings->user_timeout;
    }
    if (settings->keep_alive.probes > 0)
        connection->keep_alive = &settings->keep_alive;
}

static void serve(struct tcp_socket *socket)
{
    struct tcpip_tcp_connection *connection = socket->connection;

    if (connection == NULL)
        return;
    tcpip_tcp_apply_settings(socket);
    if (ipconfigUSE_TCP_MORE_OPTIONS && socket->close_after_send &&
        tcpip_ring_count(&connection->send) > 0) {
        tcpip_tcp_set_writable(socket, false);
        tcpip_tcp_shutdown(connection);
    } else {
        tcpip_tcp_service(connection);
    }
}

static void kick_arrived(struct tcpip_request *request)
{
    struct tcp_socket *socket = TCPIP_CONTAINER(request, struct tcp_socket, kick);

    atomic_flag_clear(&socket->kicked);
    serve(socket);
}

/* A handler is in the stack's task already: a request of its own could outlive the socket. */
void tcpip_tcp_kick(struct tcp_socket *socket)
{
    if (tcpip_in_stack_task())
        serve(socket);
    else if (!atomic_flag_test_and_set(&socket->kicked))
        tcpip_stack_post(&socket->kick);
}

/* --- what the engine tells --------------------------------------------------------------------- */

static void set_connected(struct tcp_socket *socket, bool connected)
{
    if (socket->connected == connected)
        return;
    socket->connected = connected;
    tcpip_tcp_tell_connected(socket, connected);
}

static void connection_event(struct tcpip_tcp_owner *owner, struct tcpip_tcp_connection *connection,
                             unsigned events)
{
    const unsigned over = TCPIP_TCP_EVENT_ERROR | TCPIP_TCP_EVENT_CLOSED;
    struct tcp_socket *socket = socket_of_owner(owner);

    if ((events & TCPIP_TCP_EVENT_CONNECTED) != 0) {
        tcpip_tcp_tell_sent(socket, connection, true);
        tcpip_tcp_set_writable(socket, true);
        set_connected(socket, true);
    }
    if ((events & TCPIP_TCP_EVENT_READABLE) != 0)
        (void)tcpip_tcp_hand_over(socket, connection); /* or it waits for the application */
    if ((events & TCPIP_TCP_EVENT_WRITABLE) != 0)
        tcpip_tcp_tell_sent(socket, connection, false);
    if ((events & over) != 0)
        tcpip_tcp_set_writable(socket, false);
    if ((events & (over | TCPIP_TCP_EVENT_PEER_CLOSED)) != 0)
        set_connected(socket, false);
    tcpip_socket_changed(&socket->base);
}

/* Address and port are those of the connection. */
void tcpip_tcp_bind_to(struct tcp_socket *socket, struct tcpip_tcp_connection *connection)
{
    socket->connection = connection;
    tcpip_tcp_apply_settings(socket);
    socket->base.local = connection->ends.local;
    socket->base.port = connection->ends.local_port;
    socket->base.bound = true;
}

void tcpip_tcp_attach(struct tcp_socket *socket, struct tcpip_tcp_connection *connection)
{
    tcpip_tcp_bind_to(socket, connection);
    tcpip_tcp_tell_sent(socket, connection, true);
    tcpip_tcp_set_writable(socket, tcpip_ring_free(&connection->send) > 0);
    set_connected(socket, true);
    if (!tcpip_tcp_hand_over(socket, connection))
        tcpip_tcp_kick(socket);
}

static void connection_incoming(struct tcpip_tcp_owner *owner, struct tcpip_tcp_listener *listener)
{
    struct tcp_socket *socket = socket_of_owner(owner);

    if (tcpip_tcp_is_reused(socket) && socket->connection == NULL) {
        struct tcpip_tcp_connection *connection = tcpip_tcp_accept(listener, &socket->owner);
        tcpip_tcp_unlisten(listener);
        tcpip_tcp_attach(socket, connection);
    }
    tcpip_socket_changed(&socket->base);
}

/* --- the table --------------------------------------------------------------------------------- */

static bool open_socket(struct tcpip_socket *base)
{
    struct tcp_socket *socket = tcpip_tcp_socket_of(base);

    socket->owner.event = connection_event;
    socket->owner.incoming = connection_incoming;
    socket->kick.run = kick_arrived;
    socket->settings.engine.send_size = ipconfigTCP_TX_BUFFER_LENGTH;
    socket->settings.engine.receive_size = ipconfigTCP_RX_BUFFER_LENGTH;
    socket->settings.engine.options = (uint8_t)((ipconfigTCP_KEEP_ALIVE ? TCPIP_TCP_KEEP_ALIVE
                                                                        : 0) |
                                                (ipconfigTCP_NAGLE ? 0 : TCPIP_TCP_NO_DELAY));
    return true;
}

static void close_socket(struct tcpip_socket *base)
{
    struct tcp_socket *socket = tcpip_tcp_socket_of(base);
    struct tcpip_tcp_connection *connection = socket->connection;

    if (tcpip_tcp_is_listening(socket))
        tcpip_tcp_unlisten(&socket->listener);
    socket->connection = NULL;
    if (connection != NULL)
        tcpip_tcp_close(connection);
}

static BaseType_t bind_socket(struct tcpip_socket *base)
{
    struct tcpip_tcp_host *host = tcpip_tcp_host();

    if (base->port == 0) {
        struct tcpip_tcp_endpoints ends = {.local = base->local};
        if (!tcpip_tcp_pick_port(host, &ends))
            return -pdFREERTOS_ERRNO_EADDRNOTAVAIL;
        base->port = ends.local_port;
        return 0;
    }
    return tcpip_tcp_find_listener(host, &base->local, base->port) == NULL
               ? 0
               : -pdFREERTOS_ERRNO_EADDRINUSE;
}

const struct tcpip_socket_operations tcpip_tcp_socket = {
    .type = FREERTOS_SOCK_STREAM,
    .protocol = FREERTOS_IPPROTO_TCP,
    .size = sizeof(struct tcp_socket),
    .open = open_socket,
    .close = close_socket,
    .bind = bind_socket,
    .set_option = tcpip_tcp_socket_option,
};
