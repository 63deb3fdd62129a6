/* SPDX-License-Identifier: MIT */
/*
 * Opening, binding, listening, connecting.
 */
#include "berkeley/berkeley.h"

#include "socket/socket.h"

#if ipconfigUSE_TCP
#include "socket/tcp_socket.h"
#endif

static bool is_known(int type, int protocol)
{
    return (type == SOCK_STREAM && (protocol == 0 || protocol == IPPROTO_TCP)) ||
           (type == SOCK_DGRAM && (protocol == 0 || protocol == IPPROTO_UDP));
}

int tcpip_bsd_socket(int domain, int type, int protocol)
{
    struct tcpip_descriptor model = {
        .type = (uint8_t)type,
        .family = (uint8_t)domain,
        .no_delay = type == SOCK_STREAM && !ipconfigTCP_NAGLE,
        .keep_alive = ipconfigTCP_KEEP_ALIVE,
        .receive_timeout = portMAX_DELAY,
        .send_timeout = portMAX_DELAY,
        .keep_alive_times = {.idle = ipconfigTCP_KEEP_ALIVE_INTERVAL * UINT32_C(1000),
                             .interval = ipconfigTCP_KEEP_ALIVE_INTERVAL * UINT32_C(1000),
                             .probes = 5},
    };

    if (domain != AF_INET && !(ipconfigUSE_IPv6 && domain == AF_INET6))
        return -EAFNOSUPPORT;
    if (!is_known(type, protocol))
        return -EPROTONOSUPPORT;
    model.socket = FreeRTOS_socket(domain, type, FREERTOS_SOCK_DEPENDENT_PROTO);
    if (xSocketValid(model.socket) == pdFALSE)
        return -ENOBUFS;
    tcpip_descriptor_apply(&model);
    return tcpip_descriptor_open(model.socket, &model);
}

int tcpip_bsd_bind(int descriptor, const struct sockaddr *address, socklen_t size)
{
    const struct tcpip_descriptor *entry = tcpip_descriptor_find(descriptor);
    struct freertos_sockaddr to;

    if (entry == NULL)
        return -EBADF;
    int result = tcpip_bsd_address(address, size, &to);
    if (result != 0)
        return result;
    BaseType_t bound = FreeRTOS_bind(entry->socket, &to, sizeof to);
    return bound == 0 ? 0 : tcpip_bsd_error(bound);
}

int tcpip_bsd_listen(int descriptor, int backlog)
{
    struct tcpip_descriptor *entry = tcpip_descriptor_find(descriptor);

    if (entry == NULL)
        return -EBADF;
    if (entry->type != SOCK_STREAM)
        return -EOPNOTSUPP;
    BaseType_t result = FreeRTOS_listen(entry->socket, backlog < SOMAXCONN ? backlog : SOMAXCONN);
    if (result != 0)
        return tcpip_bsd_error(result);
    entry->listening = true;
    return 0;
}

/* What is accepted blocks, whatever its listener does, and has its time-outs and options. */
int tcpip_bsd_accept(int descriptor, struct sockaddr *address, socklen_t *size)
{
    const struct tcpip_descriptor *entry = tcpip_descriptor_find(descriptor);
    struct freertos_sockaddr from = {.sin_family = 0};

    if (entry == NULL)
        return -EBADF;
    if (!entry->listening)
        return entry->type == SOCK_STREAM ? -EINVAL : -EOPNOTSUPP;
    Socket_t accepted = FreeRTOS_accept(entry->socket, &from, NULL);
    if (accepted == NULL)
        return -EWOULDBLOCK;
    if (accepted == FREERTOS_INVALID_SOCKET)
        return -EINVAL;
    struct tcpip_descriptor model = *entry;
    model.socket = accepted;
    model.listening = false;
    model.nonblocking = false;
    tcpip_descriptor_apply(&model);
    tcpip_bsd_give_address(&from, entry->family, address, size);
    return tcpip_descriptor_open(accepted, &model);
}

#if ipconfigUSE_TCP

int tcpip_bsd_connection_error(ConstSocket_t socket)
{
    const struct tcp_socket *tcp = tcpip_tcp_socket_check(socket);

    if (tcp == NULL || tcp->connection == NULL)
        return 0;
    switch (tcp->connection->error) {
    case TCPIP_TCP_REFUSED:
        return ECONNREFUSED;
    case TCPIP_TCP_RESET:
        return ECONNRESET;
    case TCPIP_TCP_TIMED_OUT:
        return ETIMEDOUT;
    case TCPIP_TCP_ABORTED:
        return ECONNABORTED;
    case TCPIP_TCP_NO_MEMORY:
        return ENOBUFS;
    default:
        return 0;
    }
}

#else

int tcpip_bsd_connection_error(ConstSocket_t socket)
{
    return 0;
}

#endif

/* A datagram socket remembers its peer; AF_UNSPEC has it forget. */
static int connect_datagrams(struct tcpip_descriptor *entry, const struct sockaddr *address,
                             socklen_t size)
{
    struct freertos_sockaddr to = {.sin_family = 0};

    if (address == NULL || size < offsetof(struct sockaddr, sa_data))
        return -EINVAL;
    if (address->sa_family != AF_UNSPEC) {
        int result = tcpip_bsd_address(address, size, &to);

        if (result != 0)
            return result;
    }
    entry->peer = to;
    return 0;
}

int tcpip_bsd_connect(int descriptor, const struct sockaddr *address, socklen_t size)
{
    struct tcpip_descriptor *entry = tcpip_descriptor_find(descriptor);
    struct freertos_sockaddr to;

    if (entry == NULL)
        return -EBADF;
    if (entry->type == SOCK_DGRAM)
        return connect_datagrams(entry, address, size);
    int result = tcpip_bsd_address(address, size, &to);
    if (result != 0)
        return result;
    BaseType_t connected = FreeRTOS_connect(entry->socket, &to, sizeof to);
    if (connected == 0)
        return 0;
    if (connected == -pdFREERTOS_ERRNO_EWOULDBLOCK)
        return -EINPROGRESS;
    if (connected == -pdFREERTOS_ERRNO_ENOTCONN) {
        int error = tcpip_bsd_connection_error(entry->socket);

        return error != 0 ? -error : -ECONNREFUSED;
    }
    if (connected == -pdFREERTOS_ERRNO_EADDRNOTAVAIL)
        return -ENETUNREACH; /* there is no route */
    return tcpip_bsd_error(connected);
}

int tcpip_bsd_shutdown(int descriptor, int how)
{
    const struct tcpip_descriptor *entry = tcpip_descriptor_find(descriptor);

    if (entry == NULL)
        return -EBADF;
    if (how != SHUT_RD && how != SHUT_WR && how != SHUT_RDWR)
        return -EINVAL;
    if (entry->type != SOCK_STREAM)
        return -EOPNOTSUPP;
    if (how == SHUT_RD) /* what comes is still taken in; nobody needs to read it */
        return FreeRTOS_issocketconnected(entry->socket) == pdTRUE ? 0 : -ENOTCONN;
    BaseType_t result = FreeRTOS_shutdown(entry->socket, FREERTOS_SHUT_RDWR);
    return result == 0 ? 0 : -ENOTCONN;
}

int tcpip_bsd_name(int descriptor, bool of_peer, struct sockaddr *address, socklen_t *size)
{
    const struct tcpip_descriptor *entry = tcpip_descriptor_find(descriptor);
    struct freertos_sockaddr found;

    if (entry == NULL)
        return -EBADF;
    if (address == NULL || size == NULL)
        return -EINVAL;
    if (!of_peer) {
        tcpip_address_to_sockaddr(&entry->socket->local, entry->socket->port, &found);
        if (entry->socket->local.family == TCPIP_UNSPECIFIED)
            found.sin_family = AF_INET6;
    } else if (entry->type == SOCK_DGRAM) {
        if (entry->peer.sin_family == 0)
            return -ENOTCONN;
        found = entry->peer;
    } else if (FreeRTOS_GetRemoteAddress(entry->socket, &found) < 0) {
        return -ENOTCONN;
    }
    tcpip_bsd_give_address(&found, entry->family, address, size);
    return 0;
}
