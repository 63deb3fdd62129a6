/* SPDX-License-Identifier: MIT */
/*
 * Socket options. What the stack does in any case may be asked for; what it cannot do is refused.
 */
#include "berkeley/berkeley.h"

#if ipconfigUSE_TCP
#include "socket/tcp_socket.h"
#endif

/* --- setting ----------------------------------------------------------------------------------- */

static int set_timeout(struct tcpip_descriptor *entry, TickType_t *timeout, const void *value,
                       socklen_t size)
{
    struct timeval time;

    if (size < sizeof time)
        return -EINVAL;
    memcpy(&time, value, sizeof time);
    if (time.tv_sec < 0 || time.tv_usec < 0 || time.tv_usec >= 1000000)
        return -EDOM;
    uint64_t ticks = (uint64_t)time.tv_sec * configTICK_RATE_HZ +
                     ((uint64_t)time.tv_usec * configTICK_RATE_HZ + 999999u) / 1000000u;
    *timeout = ticks == 0 || ticks >= portMAX_DELAY ? portMAX_DELAY : (TickType_t)ticks;
    tcpip_descriptor_apply(entry);
    return 0;
}

static int hand_on(const struct tcpip_descriptor *entry, int32_t option, const void *value)
{
    BaseType_t result = FreeRTOS_setsockopt(entry->socket, 0, option, value, 0);

    return result == 0 ? 0 : tcpip_bsd_error(result);
}

static int set_switch(const struct tcpip_descriptor *entry, int32_t option, bool *flag, int value)
{
    BaseType_t on = value != 0;
    int result = hand_on(entry, option, &on);

    if (result == 0)
        *flag = on != 0;
    return result;
}

static int set_size(const struct tcpip_descriptor *entry, int32_t option, int value)
{
    int32_t size = value;

    return hand_on(entry, option, &size);
}

static int set_of_socket(struct tcpip_descriptor *entry, int option, int value)
{
    switch (option) {
    case SO_REUSEADDR:
    case SO_BROADCAST:
        return 0;
    case SO_KEEPALIVE:
        return set_switch(entry, TCPIP_SO_KEEP_ALIVE, &entry->keep_alive, value);
    case SO_RCVBUF:
        return set_size(entry, FREERTOS_SO_RCVBUF, value);
    case SO_SNDBUF:
        return set_size(entry, FREERTOS_SO_SNDBUF, value);
    default:
        return -ENOPROTOOPT;
    }
}

static int set_keep_alive(struct tcpip_descriptor *entry, int option, int value)
{
    struct tcpip_keep_alive times = entry->keep_alive_times;

    if (value < 1 || value > (option == TCP_KEEPCNT ? UINT8_MAX : INT32_MAX / 1000))
        return -EINVAL;
    if (option == TCP_KEEPIDLE)
        times.idle = (uint32_t)value * 1000u;
    else if (option == TCP_KEEPINTVL)
        times.interval = (uint32_t)value * 1000u;
    else
        times.probes = (uint8_t)value;
    int result = hand_on(entry, TCPIP_SO_KEEP_ALIVE_TIMES, &times);
    if (result == 0)
        entry->keep_alive_times = times;
    return result;
}

static int set_of_tcp(struct tcpip_descriptor *entry, int option, int value)
{
    switch (option) {
    case TCP_NODELAY:
        return set_switch(entry, TCPIP_SO_NO_DELAY, &entry->no_delay, value);
    case TCP_KEEPIDLE:
    case TCP_KEEPINTVL:
    case TCP_KEEPCNT:
        return set_keep_alive(entry, option, value);
    default:
        return -ENOPROTOOPT;
    }
}

static int set_of_ipv6(struct tcpip_descriptor *entry, int option, int value)
{
    return option == IPV6_V6ONLY ? set_switch(entry, TCPIP_SO_IPV6_ONLY, &entry->ipv6_only, value)
                                 : -ENOPROTOOPT;
}

int tcpip_bsd_set_option(int descriptor, int level, int option, const void *value, socklen_t size)
{
    struct tcpip_descriptor *entry = tcpip_descriptor_find(descriptor);
    int number;

    if (entry == NULL)
        return -EBADF;
    if (value == NULL)
        return -EFAULT;
    if (level == SOL_SOCKET && option == SO_RCVTIMEO)
        return set_timeout(entry, &entry->receive_timeout, value, size);
    if (level == SOL_SOCKET && option == SO_SNDTIMEO)
        return set_timeout(entry, &entry->send_timeout, value, size);
    if (size < sizeof number)
        return -EINVAL;
    memcpy(&number, value, sizeof number);
    if (level == SOL_SOCKET)
        return set_of_socket(entry, option, number);
    if (level == IPPROTO_TCP && entry->type == SOCK_STREAM)
        return set_of_tcp(entry, option, number);
    if (level == IPPROTO_IPV6 && entry->family == AF_INET6)
        return set_of_ipv6(entry, option, number);
    return -ENOPROTOOPT;
}

/* --- getting ----------------------------------------------------------------------------------- */

static int give(const void *from, size_t have, void *value, socklen_t *size)
{
    if (*size < have)
        return -EINVAL;
    memcpy(value, from, have);
    *size = (socklen_t)have;
    return 0;
}

static int give_timeout(TickType_t timeout, void *value, socklen_t *size)
{
    struct timeval time = {0, 0};

    if (timeout != portMAX_DELAY) {
        time.tv_sec = (time_t)(timeout / configTICK_RATE_HZ);
        time.tv_usec = (suseconds_t)((uint64_t)(timeout % configTICK_RATE_HZ) * 1000000u /
                                     configTICK_RATE_HZ);
    }
    return give(&time, sizeof time, value, size);
}

/* Bytes; 0 of datagrams, whose queue is counted in frames. */
static int buffer_size(ConstSocket_t socket, bool of_receiving)
{
#if ipconfigUSE_TCP
    const struct tcp_socket *tcp = tcpip_tcp_socket_check(socket);

    if (tcp != NULL)
        return (int)(of_receiving ? tcp->settings.engine.receive_size
                                  : tcp->settings.engine.send_size);
#endif
    return 0;
}

static int number_of_socket(const struct tcpip_descriptor *entry, int option, int *number)
{
    switch (option) {
    case SO_TYPE:
        *number = entry->type;
        return 0;
    case SO_ERROR:
        *number = tcpip_bsd_connection_error(entry->socket);
        return 0;
    case SO_ACCEPTCONN:
        *number = entry->listening;
        return 0;
    case SO_REUSEADDR:
    case SO_BROADCAST:
        *number = 1;
        return 0;
    case SO_KEEPALIVE:
        *number = entry->keep_alive;
        return 0;
    case SO_RCVBUF:
    case SO_SNDBUF:
        *number = buffer_size(entry->socket, option == SO_RCVBUF);
        return 0;
    default:
        return -ENOPROTOOPT;
    }
}

static int number_of_tcp(const struct tcpip_descriptor *entry, int option, int *number)
{
    switch (option) {
    case TCP_NODELAY:
        *number = entry->no_delay;
        return 0;
    case TCP_KEEPIDLE:
        *number = (int)(entry->keep_alive_times.idle / 1000u);
        return 0;
    case TCP_KEEPINTVL:
        *number = (int)(entry->keep_alive_times.interval / 1000u);
        return 0;
    case TCP_KEEPCNT:
        *number = entry->keep_alive_times.probes;
        return 0;
    default:
        return -ENOPROTOOPT;
    }
}

static int number_of(int value, int *number)
{
    *number = value;
    return 0;
}

int tcpip_bsd_get_option(int descriptor, int level, int option, void *value, socklen_t *size)
{
    const struct tcpip_descriptor *entry = tcpip_descriptor_find(descriptor);
    int number = 0, result = -ENOPROTOOPT;

    if (entry == NULL)
        return -EBADF;
    if (value == NULL || size == NULL)
        return -EFAULT;
    if (level == SOL_SOCKET && option == SO_RCVTIMEO)
        return give_timeout(entry->receive_timeout, value, size);
    if (level == SOL_SOCKET && option == SO_SNDTIMEO)
        return give_timeout(entry->send_timeout, value, size);
    if (level == SOL_SOCKET)
        result = number_of_socket(entry, option, &number);
    else if (level == IPPROTO_TCP && entry->type == SOCK_STREAM)
        result = number_of_tcp(entry, option, &number);
    else if (level == IPPROTO_IPV6 && entry->family == AF_INET6 && option == IPV6_V6ONLY)
        result = number_of(entry->ipv6_only, &number);
    return result == 0 ? give(&number, sizeof number, value, size) : result;
}
