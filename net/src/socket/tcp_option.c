/* SPDX-License-Identifier: MIT */
/*
 * Options of TCP sockets. Sizes count for the next connection or listener; the others at once, by a
 * kick that hands them to the engine.
 */
#include "socket/tcp_socket.h"

#include <string.h>

#include "tcpip.h"

static BaseType_t set_size(uint32_t *size, const void *value)
{
    int32_t wanted;

    memcpy(&wanted, value, sizeof wanted);
    if (wanted < 1 || wanted > INT32_MAX / 4)
        return -pdFREERTOS_ERRNO_EINVAL;
    *size = (uint32_t)wanted;
    return 0;
}

/* A window is a ring here: the sizes in segments say nothing beyond those in bytes. */
static BaseType_t set_window(struct tcp_socket *socket, const WinProperties_t *properties)
{
    if (properties->lTxBufSize < 1 || properties->lRxBufSize < 1 ||
        properties->lTxBufSize > INT32_MAX / 4 || properties->lRxBufSize > INT32_MAX / 4)
        return -pdFREERTOS_ERRNO_EINVAL;
    socket->send_size = (uint32_t)properties->lTxBufSize;
    socket->receive_size = (uint32_t)properties->lRxBufSize;
    return 0;
}

static BaseType_t set_marks(struct tcp_socket *socket, const LowHighWater_t *marks)
{
    if (marks->uxLittleSpace >= marks->uxEnoughSpace || marks->uxEnoughSpace > socket->receive_size)
        return -pdFREERTOS_ERRNO_EINVAL;
    socket->little_room = (uint32_t)marks->uxLittleSpace;
    socket->enough_room = (uint32_t)marks->uxEnoughSpace;
    tcpip_tcp_kick(socket);
    return 0;
}

static BaseType_t set_flag(struct tcp_socket *socket, uint8_t flag, const void *value)
{
    BaseType_t on;

    memcpy(&on, value, sizeof on);
    if (on != pdFALSE)
        socket->options = (uint8_t)(socket->options | flag);
    else
        socket->options = (uint8_t)(socket->options & ~(unsigned)flag);
    tcpip_tcp_kick(socket);
    return 0;
}

static BaseType_t set_bool(bool *flag, const void *value)
{
    BaseType_t on;

    memcpy(&on, value, sizeof on);
    *flag = on != pdFALSE;
    return 0;
}

static BaseType_t set_keep_alive(struct tcp_socket *socket, const void *value)
{
    struct tcpip_keep_alive times;

    memcpy(&times, value, sizeof times);
    if (times.idle < 1 || times.interval < 1 || times.probes < 1 || times.idle > INT32_MAX ||
        times.interval > INT32_MAX)
        return -pdFREERTOS_ERRNO_EINVAL;
    socket->keep_alive = times;
    tcpip_tcp_kick(socket);
    return 0;
}

static BaseType_t set_user_timeout(struct tcp_socket *socket, const void *value)
{
    uint32_t time;

    memcpy(&time, value, sizeof time);
    if (time > INT32_MAX)
        return -pdFREERTOS_ERRNO_EINVAL;
    socket->user_timeout = time;
    tcpip_tcp_kick(socket);
    return 0;
}

BaseType_t tcpip_tcp_socket_option(struct tcpip_socket *base, int32_t option, const void *value,
                                   size_t size)
{
    struct tcp_socket *socket = tcpip_tcp_socket_of(base);
    const F_TCP_UDP_Handler_t *handler = value;

    if (value == NULL)
        return -pdFREERTOS_ERRNO_EINVAL;
    switch (option) {
    case FREERTOS_SO_SNDBUF:
        return socket->connection == NULL ? set_size(&socket->send_size, value)
                                          : -pdFREERTOS_ERRNO_EINVAL;
    case FREERTOS_SO_RCVBUF:
        return socket->connection == NULL ? set_size(&socket->receive_size, value)
                                          : -pdFREERTOS_ERRNO_EINVAL;
    case FREERTOS_SO_WIN_PROPERTIES:
        return socket->connection == NULL ? set_window(socket, value) : -pdFREERTOS_ERRNO_EINVAL;
    case FREERTOS_SO_REUSE_LISTEN_SOCKET:
        return set_bool(&socket->reuse, value);
    case FREERTOS_SO_CLOSE_AFTER_SEND:
        return set_bool(&socket->close_after_send, value);
    case FREERTOS_SO_SET_FULL_SIZE:
        return set_flag(socket, TCPIP_TCP_HOLD_SMALL, value);
    case FREERTOS_SO_STOP_RX:
        return set_flag(socket, TCPIP_TCP_STOP_RECEIVE, value);
    case FREERTOS_SO_SET_LOW_HIGH_WATER:
        return set_marks(socket, value);
    case FREERTOS_SO_TCP_CONN_HANDLER:
        socket->on_connected = handler->pxOnTCPConnected;
        return 0;
    case FREERTOS_SO_TCP_RECV_HANDLER:
        socket->on_received = handler->pxOnTCPReceive;
        return 0;
    case FREERTOS_SO_TCP_SENT_HANDLER:
        socket->on_sent = handler->pxOnTCPSent;
        return 0;
    case TCPIP_SO_NO_DELAY:
        return set_flag(socket, TCPIP_TCP_NO_DELAY, value);
    case TCPIP_SO_NO_DELAYED_ACK:
        return set_flag(socket, TCPIP_TCP_NO_DELAYED_ACK, value);
    case TCPIP_SO_KEEP_ALIVE:
        return set_flag(socket, TCPIP_TCP_KEEP_ALIVE, value);
    case TCPIP_SO_KEEP_ALIVE_TIMES:
        return set_keep_alive(socket, value);
    case TCPIP_SO_USER_TIMEOUT:
        return set_user_timeout(socket, value);
    default:
        return -pdFREERTOS_ERRNO_ENOPROTOOPT;
    }
}
