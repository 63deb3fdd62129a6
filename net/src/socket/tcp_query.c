/* SPDX-License-Identifier: MIT */
/*
 * Questions to a TCP socket, answered in the caller's task from the rings and from single bytes of
 * the connection, as of some moment during the call.
 */
#include "socket/tcp_socket.h"

static const struct tcpip_tcp_connection *connection_of(ConstSocket_t base)
{
    const struct tcp_socket *socket = tcpip_tcp_socket_check(base);

    return socket != NULL ? socket->connection : NULL;
}

/* The stack's task may be writing it. */
static enum tcpip_tcp_state state_of(const struct tcpip_tcp_connection *connection)
{
    return (enum tcpip_tcp_state) * (const volatile uint8_t *)&connection->state;
}

static bool is_open(const struct tcpip_tcp_connection *connection)
{
    enum tcpip_tcp_state state = state_of(connection);

    return state == TCPIP_TCP_ESTABLISHED || state == TCPIP_TCP_CLOSE_WAIT;
}

BaseType_t FreeRTOS_rx_size(ConstSocket_t socket)
{
    const struct tcpip_tcp_connection *connection = connection_of(socket);

    if (tcpip_tcp_socket_check(socket) == NULL)
        return -pdFREERTOS_ERRNO_EINVAL;
    return connection != NULL ? (BaseType_t)tcpip_ring_count(&connection->receive) : 0;
}

BaseType_t FreeRTOS_tx_space(ConstSocket_t base)
{
    const struct tcp_socket *socket = tcpip_tcp_socket_check(base);

    if (socket == NULL)
        return -pdFREERTOS_ERRNO_EINVAL;
    return (BaseType_t)(socket->connection != NULL ? tcpip_ring_free(&socket->connection->send)
                                                   : socket->settings.engine.send_size);
}

BaseType_t FreeRTOS_tx_size(ConstSocket_t socket)
{
    const struct tcpip_tcp_connection *connection = connection_of(socket);

    if (tcpip_tcp_socket_check(socket) == NULL)
        return -pdFREERTOS_ERRNO_EINVAL;
    return connection != NULL ? (BaseType_t)tcpip_ring_count(&connection->send) : 0;
}

BaseType_t FreeRTOS_issocketconnected(ConstSocket_t socket)
{
    const struct tcpip_tcp_connection *connection = connection_of(socket);

    if (tcpip_tcp_socket_check(socket) == NULL)
        return -pdFREERTOS_ERRNO_EINVAL;
    return connection != NULL && is_open(connection) ? pdTRUE : pdFALSE;
}

/* The bytes that would be taken; 0: a shutdown is under way, or no room; -1: no connection. */
BaseType_t FreeRTOS_maywrite(ConstSocket_t base)
{
    const struct tcp_socket *socket = tcpip_tcp_socket_check(base);

    if (socket == NULL)
        return -pdFREERTOS_ERRNO_EINVAL;
    if (socket->connection == NULL || state_of(socket->connection) == TCPIP_TCP_CLOSED)
        return -1;
    if (!tcpip_tcp_is_writable(socket))
        return 0;
    return (BaseType_t)tcpip_ring_free(&socket->connection->send);
}

BaseType_t FreeRTOS_mss(ConstSocket_t socket)
{
    const struct tcpip_tcp_connection *connection = connection_of(socket);

    if (tcpip_tcp_socket_check(socket) == NULL)
        return -pdFREERTOS_ERRNO_EINVAL;
    return connection != NULL ? connection->mss : ipconfigTCP_MSS;
}

BaseType_t FreeRTOS_connstatus(ConstSocket_t base)
{
    /* Our numbers of the states to those of eIPTCPState_t, which knows two kinds of SYN-SENT. */
    static const uint8_t numbers[] = {0, 1, 2, 4, 5, 6, 7, 8, 9, 10, 11};
    const struct tcp_socket *socket = tcpip_tcp_socket_check(base);

    if (socket == NULL)
        return -pdFREERTOS_ERRNO_EINVAL;
    if (socket->connection != NULL)
        return numbers[state_of(socket->connection)];
    return numbers[tcpip_tcp_is_listening(socket) ? TCPIP_TCP_LISTEN : TCPIP_TCP_CLOSED];
}

const char *FreeRTOS_GetTCPStateName(UBaseType_t number)
{
    static const char *const names[] = {
        "eCLOSED",     "eTCP_LISTEN", "eCONNECT_SYN", "eSYN_FIRST", "eSYN_RECEIVED", "eESTABLISHED",
        "eFIN_WAIT_1", "eFIN_WAIT_2", "eCLOSE_WAIT",  "eCLOSING",   "eLAST_ACK",     "eTIME_WAIT",
    };

    return number < sizeof names / sizeof names[0] ? names[number] : "eUNKNOWN";
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

/* --- statistics ------------------------------------------------------------------------------------ */

#if ipconfigUSE_TCP_STATISTICS

static int32_t attempt_statistics(void *object, struct tcpip_call *call)
{
    const struct tcp_socket *socket = object;

    if (socket->connection == NULL)
        return -pdFREERTOS_ERRNO_ENOTCONN;
    tcpip_tcp_statistics_of(socket->connection, ((struct tcp_call *)(void *)call)->statistics);
    return 0;
}

bool tcpip_tcp_get_statistics(struct tcpip_socket *base, struct tcpip_tcp_statistics *statistics)
{
    struct tcp_call call;

    call.statistics = statistics;
    return statistics != NULL && tcpip_tcp_ask(base, &call.call, attempt_statistics, 0) == 0;
}

#endif
