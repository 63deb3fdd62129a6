/* SPDX-License-Identifier: MIT */
/*
 * Data in and out. The stack tells "nothing in time" and "ended" otherwise than Berkeley's functions
 * do: there, no bytes mean that the peer has ended.
 */
#include "berkeley/berkeley.h"

enum { KNOWN_FLAGS = MSG_PEEK | MSG_DONTWAIT | MSG_WAITALL | MSG_NOSIGNAL };

static BaseType_t flags_of(int flags)
{
    return ((flags & MSG_PEEK) != 0 ? FREERTOS_MSG_PEEK : 0) |
           ((flags & MSG_DONTWAIT) != 0 ? FREERTOS_MSG_DONTWAIT : 0);
}

/* --- sending ----------------------------------------------------------------------------------- */

static size_t header_size(const struct freertos_sockaddr *destination)
{
    return destination->sin_family == FREERTOS_AF_INET6 ? ipSIZE_OF_IPv6_HEADER
                                                        : ipSIZE_OF_IPv4_HEADER;
}

static int send_datagram(const struct tcpip_descriptor *entry, const void *bytes, size_t count,
                         int flags, const struct sockaddr *to, socklen_t size)
{
    struct freertos_sockaddr destination = entry->peer;

    if (to != NULL) {
        int result = tcpip_bsd_address(to, size, &destination);

        if (result != 0)
            return result;
    }
    if (destination.sin_family == 0)
        return -EDESTADDRREQ;
    if (count + ipSIZE_OF_UDP_HEADER + header_size(&destination) > ipconfigNETWORK_MTU)
        return -EMSGSIZE;
    int32_t sent = FreeRTOS_sendto(entry->socket, bytes, count, flags_of(flags), &destination,
                                   sizeof destination);
    if (sent > 0 || count == 0)
        return (int)sent;
    return sent < 0 ? tcpip_bsd_error(sent) : -ENOBUFS;
}

static int send_stream(const struct tcpip_descriptor *entry, const void *bytes, size_t count,
                       int flags)
{
    struct freertos_sockaddr peer;

    if (bytes == NULL && count > 0)
        return -EFAULT;
    if (count == 0)
        return 0;
    BaseType_t sent = FreeRTOS_send(entry->socket, bytes, count, flags_of(flags));
    if (sent >= 0)
        return (int)sent;
    if (sent != -pdFREERTOS_ERRNO_ENOTCONN)
        return tcpip_bsd_error(sent);
    int error = tcpip_bsd_connection_error(entry->socket);
    if (error != 0)
        return -error;
    return FreeRTOS_GetRemoteAddress(entry->socket, &peer) < 0 ? -ENOTCONN : -EPIPE;
}

int tcpip_bsd_send(int descriptor, const void *bytes, size_t count, int flags,
                   const struct sockaddr *to, socklen_t size)
{
    const struct tcpip_descriptor *entry = tcpip_descriptor_find(descriptor);

    if (entry == NULL)
        return -EBADF;
    if ((flags & ~KNOWN_FLAGS) != 0)
        return -EOPNOTSUPP;
    if (count > INT32_MAX)
        return -EMSGSIZE;
    return entry->type == SOCK_DGRAM ? send_datagram(entry, bytes, count, flags, to, size)
                                     : send_stream(entry, bytes, count, flags);
}

/* --- receiving --------------------------------------------------------------------------------- */

static bool is_from(const struct freertos_sockaddr *peer, const struct freertos_sockaddr *from)
{
    size_t size = peer->sin_family == FREERTOS_AF_INET6 ? 16 : 4;

    return peer->sin_family == from->sin_family && peer->sin_port == from->sin_port &&
           memcmp(&peer->sin_address, &from->sin_address, size) == 0;
}

/* A connected socket passes over what others have sent. A peek cannot, so such is taken away first. */
static int32_t receive_from_peer(const struct tcpip_descriptor *entry, void *bytes, size_t count,
                                 BaseType_t flags, struct freertos_sockaddr *source)
{
    bool any = entry->peer.sin_family == 0;
    int32_t result = FreeRTOS_recvfrom(entry->socket, bytes, count, flags, source, NULL);

    while (result >= 0 && !any && !is_from(&entry->peer, source)) {
        if ((flags & FREERTOS_MSG_PEEK) != 0)
            (void)FreeRTOS_recvfrom(entry->socket, bytes, count, FREERTOS_MSG_DONTWAIT, NULL, NULL);
        result = FreeRTOS_recvfrom(entry->socket, bytes, count, flags, source, NULL);
    }
    return result;
}

static int receive_datagram(const struct tcpip_descriptor *entry, void *bytes, size_t count,
                            int flags, struct sockaddr *from, socklen_t *size)
{
    struct freertos_sockaddr source = {.sin_family = 0};
    int32_t result = receive_from_peer(entry, bytes, count, flags_of(flags), &source);

    if (result == -pdFREERTOS_ERRNO_EINVAL && FreeRTOS_bind(entry->socket, NULL, 0) == 0)
        result = receive_from_peer(entry, bytes, count, flags_of(flags), &source);
    if (result < 0)
        return tcpip_bsd_error(result);
    tcpip_bsd_give_address(&source, entry->family, from, size);
    return result;
}

/* Of a connection that is not there: 0 when it ended in order. */
static int why_not_connected(const struct tcpip_descriptor *entry)
{
    struct freertos_sockaddr peer;
    int error = tcpip_bsd_connection_error(entry->socket);

    if (error != 0)
        return -error;
    return FreeRTOS_GetRemoteAddress(entry->socket, &peer) < 0 ? -ENOTCONN : 0;
}

static int receive_stream(const struct tcpip_descriptor *entry, uint8_t *bytes, size_t count,
                          int flags)
{
    bool all = (flags & MSG_WAITALL) != 0 && (flags & (MSG_PEEK | MSG_DONTWAIT)) == 0;
    size_t have = 0;
    BaseType_t result;

    do {
        result = FreeRTOS_recv(entry->socket, bytes + have, count - have, flags_of(flags));
        have += result > 0 ? (size_t)result : 0;
    } while (all && result > 0 && have < count);
    if (have > 0 || count == 0)
        return (int)have;
    if (result == 0)
        return -EWOULDBLOCK;
    return result == -pdFREERTOS_ERRNO_ENOTCONN ? why_not_connected(entry)
                                                : tcpip_bsd_error(result);
}

int tcpip_bsd_receive(int descriptor, void *bytes, size_t count, int flags, struct sockaddr *from,
                      socklen_t *size)
{
    const struct tcpip_descriptor *entry = tcpip_descriptor_find(descriptor);

    if (entry == NULL)
        return -EBADF;
    if ((flags & ~KNOWN_FLAGS) != 0)
        return -EOPNOTSUPP;
    if (bytes == NULL)
        return -EFAULT;
    if (count > INT32_MAX)
        count = INT32_MAX;
    if (entry->type == SOCK_DGRAM)
        return receive_datagram(entry, bytes, count, flags, from, size);
    int result = receive_stream(entry, bytes, count, flags);
    if (result >= 0 && size != NULL)
        *size = 0; /* as POSIX has it of streams: there is no address to tell */
    return result;
}
