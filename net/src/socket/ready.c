/* SPDX-License-Identifier: MIT */
/*
 * What a socket is ready for. A file of its own, which only those have who wait for several.
 */
#include "socket/datagram.h"
#include "socket/tcp_socket.h"

static EventBits_t tcp_ready(const struct tcp_socket *socket)
{
    const struct tcpip_tcp_connection *connection = socket->connection;
    EventBits_t events = 0;

    if (tcpip_tcp_is_listening(socket))
        return socket->listener.waiting > 0 ? eSELECT_READ : 0;
    if (connection == NULL)
        return 0;
    if (tcpip_ring_count(&connection->receive) > 0 || connection->peer_finished)
        events |= eSELECT_READ;
    if (tcpip_tcp_is_writable(socket) && tcpip_ring_free(&connection->send) > 0)
        events |= eSELECT_WRITE;
    if (connection->state == TCPIP_TCP_CLOSED)
        events |= eSELECT_EXCEPT;
    return events;
}

static EventBits_t datagrams_ready(const struct tcpip_datagram_socket *socket)
{
    return (EventBits_t)(socket->queued > 0 ? eSELECT_READ | eSELECT_WRITE : eSELECT_WRITE);
}

EventBits_t tcpip_socket_ready(struct tcpip_socket *socket)
{
    if (ipconfigUSE_TCP && socket->operations == &tcpip_tcp_socket)
        return tcp_ready(tcpip_tcp_socket_of(socket));
    if (ipconfigUSE_PACKET_SOCKETS && socket->operations == &tcpip_packet_socket_kind)
        return tcpip_packet_socket_ready(socket);
    return datagrams_ready((const struct tcpip_datagram_socket *)socket);
}
