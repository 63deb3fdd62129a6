/* SPDX-License-Identifier: MIT */
/* Sockets, poll and sendmsg behind the transport interface. */
#include "posix_transport.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

bool posix_transport_open(struct NetworkContext *network, uint16_t port)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
    int on = 1;

    *network = (struct NetworkContext){.socket = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0),
                                       .wait_ms = 10};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (network->socket < 0)
        return false;
    if (connect(network->socket, (struct sockaddr *)&address, sizeof address) != 0) {
        posix_transport_close(network);
        return false;
    }
    setsockopt(network->socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    return true;
}

void posix_transport_close(struct NetworkContext *network)
{
    if (network->socket >= 0)
        close(network->socket);
    network->socket = -1;
}

static int32_t socket_recv(NetworkContext_t *network, void *buffer, size_t size)
{
    struct pollfd entry = {network->socket, POLLIN, 0};

    if (network->socket < 0)
        return -1;
    if (poll(&entry, 1, network->wait_ms) == 0)
        return 0;
    ssize_t got = recv(network->socket, buffer, size, MSG_DONTWAIT);
    if (got < 0 && (errno == EAGAIN || errno == EINTR))
        return 0;
    return got > 0 ? (int32_t)got : -1;
}

static int32_t socket_writev(NetworkContext_t *network, TransportOutVector_t *vectors, size_t count)
{
    struct iovec pieces[16];
    struct msghdr message = {.msg_iov = pieces, .msg_iovlen = count < 16 ? count : 16};

    for (size_t i = 0; i < message.msg_iovlen; i++) {
        memcpy(&pieces[i].iov_base, &vectors[i].iov_base, sizeof pieces[i].iov_base);
        pieces[i].iov_len = vectors[i].iov_len;
    }
    ssize_t sent = sendmsg(network->socket, &message, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent < 0 && (errno == EAGAIN || errno == EINTR))
        return 0;
    return sent < 0 ? -1 : (int32_t)sent;
}

static int32_t socket_send(NetworkContext_t *network, const void *buffer, size_t size)
{
    TransportOutVector_t vector = {buffer, size};

    network->pings += size == 2 && memcmp(buffer, "\xC0\0", 2) == 0;
    return socket_writev(network, &vector, 1);
}

TransportInterface_t posix_transport(struct NetworkContext *network, bool with_writev)
{
    return (TransportInterface_t){socket_recv, socket_send, with_writev ? socket_writev : NULL,
                                  network};
}

uint32_t posix_time_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint32_t)(now.tv_sec * 1000 + now.tv_nsec / 1000000);
}
