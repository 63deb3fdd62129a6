/* SPDX-License-Identifier: MIT */
/*
 * The sockets' API has time-outs per socket, so that they are set once: the one for receiving is
 * also the one for connecting, and changes when the connection stands.
 */
#include "socket_transport.h"

#include <stdarg.h>
#include <stdio.h>

#include "FreeRTOS_DNS.h"
#include "task.h"

__attribute__((format(printf, 3, 4))) static bool fail(struct socket_transport *transport,
                                                       enum socket_transport_result result,
                                                       const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    (void)vsnprintf(transport->text, sizeof transport->text, format, arguments);
    va_end(arguments);
    transport->result = result;
    return false;
}

static void set_timeout(Socket_t socket, int32_t option, uint32_t milliseconds)
{
    TickType_t ticks = pdMS_TO_TICKS(milliseconds);

    if (milliseconds == 0)
        return;
    if (ticks == 0)
        ticks = 1; /* 0 would mean not to wait at all */
    (void)FreeRTOS_setsockopt(socket, 0, option, &ticks, sizeof ticks);
}

static bool find_address(struct socket_transport *transport,
                         const struct socket_transport_settings *settings,
                         struct freertos_sockaddr *address)
{
    if (settings->host == NULL || settings->host[0] == '\0' || settings->port == 0)
        return fail(transport, SOCKET_TRANSPORT_MISUSE,
                    "no host or no port to connect to: correct the settings.");
    *address = (struct freertos_sockaddr){
        .sin_len = sizeof *address,
        .sin_family = FREERTOS_AF_INET,
        .sin_port = FreeRTOS_htons(settings->port),
    };
    address->sin_addr = FreeRTOS_gethostbyname(settings->host);
    if (address->sin_addr == 0)
        return fail(transport, SOCKET_TRANSPORT_NO_ADDRESS,
                    "the name '%s' has no address: check its spelling, and that the network is up "
                    "and its DNS server answers.",
                    settings->host);
    return true;
}

static bool explain(struct socket_transport *transport,
                    const struct socket_transport_settings *settings, BaseType_t error)
{
    const char *host = settings->host;
    unsigned port = settings->port;

    switch (-error) {
    case pdFREERTOS_ERRNO_ETIMEDOUT:
    case pdFREERTOS_ERRNO_EWOULDBLOCK:
        return fail(transport, SOCKET_TRANSPORT_NO_ANSWER,
                    "%s port %u does not answer: the host is down, or a firewall drops the "
                    "connection: check host, port and network.",
                    host, port);
    case pdFREERTOS_ERRNO_EADDRNOTAVAIL:
        return fail(transport, SOCKET_TRANSPORT_NO_ROUTE,
                    "no way to %s: the network is not up yet or has no gateway: wait for the "
                    "address, or check the network's settings.",
                    host);
    case pdFREERTOS_ERRNO_ENOMEM:
    case pdFREERTOS_ERRNO_ENOBUFS:
        return fail(transport, SOCKET_TRANSPORT_NO_MEMORY,
                    "no memory for a connection to %s port %u: enlarge the heap or close other "
                    "sockets.",
                    host, port);
    default:
        return fail(transport, SOCKET_TRANSPORT_REFUSED,
                    "%s port %u refused the connection (error %d): nobody listens there: start the "
                    "server, or check the port.",
                    host, port, (int)-error);
    }
}

bool socket_transport_connect(struct socket_transport *transport,
                              const struct socket_transport_settings *settings)
{
    struct freertos_sockaddr address;
    BaseType_t error;

    *transport = (struct socket_transport){.socket = FREERTOS_INVALID_SOCKET};
    if (!find_address(transport, settings, &address))
        return false;
    transport->socket = FreeRTOS_socket(FREERTOS_AF_INET, FREERTOS_SOCK_STREAM,
                                        FREERTOS_IPPROTO_TCP);
    if (transport->socket == FREERTOS_INVALID_SOCKET)
        return explain(transport, settings, -pdFREERTOS_ERRNO_ENOMEM);
    set_timeout(transport->socket, FREERTOS_SO_RCVTIMEO, settings->connect_timeout_ms);
    set_timeout(transport->socket, FREERTOS_SO_SNDTIMEO, settings->send_timeout_ms);
    error = FreeRTOS_connect(transport->socket, &address, sizeof address);
    if (error != 0) {
        (void)FreeRTOS_closesocket(transport->socket);
        transport->socket = FREERTOS_INVALID_SOCKET;
        return explain(transport, settings, error);
    }
    set_timeout(transport->socket, FREERTOS_SO_RCVTIMEO, settings->receive_timeout_ms);
    return true;
}

/* The result of a call that failed, as the transport's. */
static int32_t judge(struct socket_transport *transport, const char *doing, BaseType_t error)
{
    if (error == -pdFREERTOS_ERRNO_EWOULDBLOCK || error == -pdFREERTOS_ERRNO_ENOSPC ||
        error == -pdFREERTOS_ERRNO_EINTR)
        return 0;
    (void)fail(transport, SOCKET_TRANSPORT_CLOSED,
               "the connection ended while %s (error %d): the server closed it or the network "
               "went down: connect again.",
               doing, (int)-error);
    return -(int32_t)SOCKET_TRANSPORT_CLOSED;
}

static int32_t transport_recv(NetworkContext_t *context, void *buffer, size_t size)
{
    struct socket_transport *transport = (struct socket_transport *)context;
    size_t limited = size <= INT32_MAX ? size : INT32_MAX;
    BaseType_t received = FreeRTOS_recv(transport->socket, buffer, limited, 0);

    return received >= 0 ? (int32_t)received : judge(transport, "receiving", received);
}

static int32_t transport_send(NetworkContext_t *context, const void *buffer, size_t size)
{
    struct socket_transport *transport = (struct socket_transport *)context;
    size_t limited = size <= INT32_MAX ? size : INT32_MAX;
    BaseType_t sent = FreeRTOS_send(transport->socket, buffer, limited, 0);

    return sent >= 0 ? (int32_t)sent : judge(transport, "sending", sent);
}

TransportInterface_t socket_transport_interface(struct socket_transport *transport)
{
    return (TransportInterface_t){
        .recv = transport_recv,
        .send = transport_send,
        .pNetworkContext = (NetworkContext_t *)transport,
    };
}

/* The peer has seen our end when it ends its side, or sends no more in time. */
static void drain(Socket_t socket, uint32_t linger_ms)
{
    TickType_t start = xTaskGetTickCount();
    uint8_t discarded[64];

    while (xTaskGetTickCount() - start < pdMS_TO_TICKS(linger_ms))
        if (FreeRTOS_recv(socket, discarded, sizeof discarded, 0) < 0)
            return;
}

void socket_transport_close(struct socket_transport *transport, uint32_t linger_ms)
{
    if (transport->socket == FREERTOS_INVALID_SOCKET)
        return;
    if (FreeRTOS_shutdown(transport->socket, FREERTOS_SHUT_RDWR) == 0 && linger_ms != 0) {
        set_timeout(transport->socket, FREERTOS_SO_RCVTIMEO, linger_ms);
        drain(transport->socket, linger_ms);
    }
    (void)FreeRTOS_closesocket(transport->socket);
    transport->socket = FREERTOS_INVALID_SOCKET;
}
