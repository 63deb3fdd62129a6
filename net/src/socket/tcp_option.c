/* SPDX-License-Identifier: MIT */
/*
 * Options of TCP sockets. Sizes count for the next connection or listener; the others at once, by a
 * kick that hands them to the engine.
 */
#include "socket/tcp_socket.h"

#include <string.h>

#include "tcpip.h"

static bool is_size(int32_t size)
{
    return size >= 1 && size <= INT32_MAX / 4;
}

/* A window is a ring here: the sizes in segments say nothing beyond those in bytes. */
static BaseType_t set_sizes(struct tcp_socket *socket, int32_t send, int32_t receive)
{
    if (socket->connection != NULL || !is_size(send) || !is_size(receive))
        return -pdFREERTOS_ERRNO_EINVAL;
    socket->settings.engine.send_size = (uint32_t)send;
    socket->settings.engine.receive_size = (uint32_t)receive;
    return 0;
}

static BaseType_t set_marks(struct tcp_settings *settings, const LowHighWater_t *marks)
{
    if (marks->uxLittleSpace >= marks->uxEnoughSpace ||
        marks->uxEnoughSpace > settings->engine.receive_size)
        return -pdFREERTOS_ERRNO_EINVAL;
    settings->little_room = (uint32_t)marks->uxLittleSpace;
    settings->enough_room = (uint32_t)marks->uxEnoughSpace;
    return 0;
}

static BaseType_t set_keep_alive(struct tcp_settings *settings,
                                 const struct tcpip_keep_alive *times)
{
    if (times->idle < 1 || times->interval < 1 || times->probes < 1 || times->idle > INT32_MAX ||
        times->interval > INT32_MAX)
        return -pdFREERTOS_ERRNO_EINVAL;
    settings->keep_alive = *times;
    return 0;
}

/* The flag of an option that is one, or 0. */
static uint8_t flag_of(int32_t option)
{
    switch (option) {
    case FREERTOS_SO_SET_FULL_SIZE:
        return ipconfigUSE_TCP_MORE_OPTIONS ? TCPIP_TCP_HOLD_SMALL : 0;
    case FREERTOS_SO_STOP_RX:
        return ipconfigUSE_TCP_MORE_OPTIONS ? TCPIP_TCP_STOP_RECEIVE : 0;
    case TCPIP_SO_NO_DELAY:
        return TCPIP_TCP_NO_DELAY;
    case TCPIP_SO_NO_DELAYED_ACK:
        return TCPIP_TCP_NO_DELAYED_ACK;
    case TCPIP_SO_KEEP_ALIVE:
        return TCPIP_TCP_KEEP_ALIVE;
    default:
        return 0;
    }
}

static BaseType_t set_flag(struct tcp_settings *settings, int32_t option, bool on)
{
    unsigned flag = flag_of(option), others = settings->engine.options & ~flag;

    settings->engine.options = (uint8_t)(on ? others | flag : others);
    return flag != 0 ? 0 : -pdFREERTOS_ERRNO_ENOPROTOOPT;
}

/* Those of ipconfigUSE_TCP_MORE_OPTIONS but the flags. */
static BaseType_t set_more(struct tcp_socket *socket, int32_t option, const void *value,
                           int32_t number)
{
    struct tcp_settings *settings = &socket->settings;
    const WinProperties_t *sizes = value;

    switch (option) {
    case FREERTOS_SO_SNDBUF:
        return set_sizes(socket, number, (int32_t)settings->engine.receive_size);
    case FREERTOS_SO_RCVBUF:
        return set_sizes(socket, (int32_t)settings->engine.send_size, number);
    case FREERTOS_SO_WIN_PROPERTIES:
        return set_sizes(socket, sizes->lTxBufSize, sizes->lRxBufSize);
    case FREERTOS_SO_REUSE_LISTEN_SOCKET:
        socket->reuse = number != pdFALSE;
        return 0;
    case FREERTOS_SO_CLOSE_AFTER_SEND:
        socket->close_after_send = number != pdFALSE;
        return 0;
    case FREERTOS_SO_SET_LOW_HIGH_WATER:
        return set_marks(settings, value);
    case TCPIP_SO_USER_TIMEOUT:
        settings->user_timeout = number >= 0 ? (uint32_t)number : settings->user_timeout;
        return number >= 0 ? 0 : -pdFREERTOS_ERRNO_EINVAL;
    default:
        return -pdFREERTOS_ERRNO_ENOPROTOOPT;
    }
}

static BaseType_t set(struct tcp_socket *socket, int32_t option, const void *value, int32_t number)
{
    switch (option) {
    case FREERTOS_SO_TCP_CONN_HANDLER:
    case FREERTOS_SO_TCP_RECV_HANDLER:
    case FREERTOS_SO_TCP_SENT_HANDLER:
        return tcpip_tcp_set_handler(socket, option, value);
    case TCPIP_SO_KEEP_ALIVE_TIMES:
        return set_keep_alive(&socket->settings, value);
    case FREERTOS_SO_SET_FULL_SIZE:
    case FREERTOS_SO_STOP_RX:
    case TCPIP_SO_NO_DELAY:
    case TCPIP_SO_NO_DELAYED_ACK:
    case TCPIP_SO_KEEP_ALIVE:
        return set_flag(&socket->settings, option, number != pdFALSE);
    default:
        return ipconfigUSE_TCP_MORE_OPTIONS ? set_more(socket, option, value, number)
                                            : -pdFREERTOS_ERRNO_ENOPROTOOPT;
    }
}

BaseType_t tcpip_tcp_socket_option(struct tcpip_socket *base, int32_t option, const void *value,
                                   size_t size)
{
    struct tcp_socket *socket = tcpip_tcp_socket_of(base);
    int32_t number;

    if (value == NULL)
        return -pdFREERTOS_ERRNO_EINVAL;
    memcpy(&number, value, sizeof number);
    BaseType_t result = set(socket, option, value, number);
    if (result == 0 && option != FREERTOS_SO_CLOSE_AFTER_SEND) /* it is for the next bytes */
        tcpip_tcp_kick(socket);
    return result;
}
