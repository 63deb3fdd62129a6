/* SPDX-License-Identifier: MIT */
/*
 * The application's handlers. Each runs in the stack's task and may do anything but wait.
 */
#include "socket/tcp_socket.h"

#if ipconfigUSE_CALLBACKS

void tcpip_tcp_tell_connected(struct tcp_socket *socket, bool connected)
{
    FOnConnected_t handler = socket->settings.on_connected;

    if (ipconfigIS_VALID_PROG_ADDRESS(handler))
        handler(&socket->base, connected ? pdTRUE : pdFALSE);
}

void tcpip_tcp_tell_sent(struct tcp_socket *socket, const struct tcpip_tcp_connection *connection,
                         bool first)
{
    uint32_t count = connection->unacknowledged - socket->acknowledged;
    FOnTCPSent_t handler = socket->settings.on_sent;

    socket->acknowledged = connection->unacknowledged;
    if (!first && count > 0 && ipconfigIS_VALID_PROG_ADDRESS(handler))
        handler(&socket->base, count);
}

bool tcpip_tcp_hand_over(struct tcp_socket *socket, struct tcpip_tcp_connection *connection)
{
    FOnTCPReceive_t handler = socket->settings.on_received;
    struct tcpip_span spans[2];

    if (!ipconfigIS_VALID_PROG_ADDRESS(handler))
        return false;
    while (tcpip_ring_peek(&connection->receive, 0, connection->receive.size, spans) > 0) {
        (void)handler(&socket->base, (void *)(uintptr_t)spans[0].bytes, spans[0].size);
        tcpip_ring_drop(&connection->receive, (uint32_t)spans[0].size);
    }
    tcpip_tcp_kick(socket);
    return true;
}

BaseType_t tcpip_tcp_set_handler(struct tcp_socket *socket, int32_t option,
                                 const F_TCP_UDP_Handler_t *handler)
{
    struct tcp_settings *settings = &socket->settings;

    if (option == FREERTOS_SO_TCP_CONN_HANDLER)
        settings->on_connected = handler->pxOnTCPConnected;
    else if (option == FREERTOS_SO_TCP_RECV_HANDLER)
        settings->on_received = handler->pxOnTCPReceive;
    else
        settings->on_sent = handler->pxOnTCPSent;
    return 0;
}

#endif
