/* SPDX-License-Identifier: MIT */
/*
 * Listeners and connections, a line each.
 */
#include "socket/tcp_socket.h"

#include "core/text6.h"

static void print_connection(const struct tcpip_tcp_connection *connection)
{
    char local[TCPIP_IPV6_TEXT_SIZE], remote[TCPIP_IPV6_TEXT_SIZE];
    struct freertos_sockaddr near = {0}, far = {0};

    tcpip_address_to_sockaddr(&connection->ends.local, connection->ends.local_port, &near);
    tcpip_address_to_sockaddr(&connection->ends.remote, connection->ends.remote_port, &far);
    FreeRTOS_inet_ntop(near.sin_family, &near.sin_address, local, sizeof local);
    FreeRTOS_inet_ntop(far.sin_family, &far.sin_address, remote, sizeof remote);
    FreeRTOS_printf(
        ("TCP %s:%u %s:%u %s send %u receive %u\n", local, (unsigned)connection->ends.local_port,
         remote, (unsigned)connection->ends.remote_port, tcpip_tcp_state_name(connection->state),
         (unsigned)tcpip_ring_count(&connection->send),
         (unsigned)tcpip_ring_count(&connection->receive)));
}

void tcpip_tcp_socket_print(void)
{
    const struct tcpip_tcp_host *host = tcpip_tcp_host();

    for (unsigned i = 0; i < TCPIP_TCP_BUCKETS; i++)
        for (const struct tcpip_tcp_listener *l = host->listeners[i]; l != NULL; l = l->next)
            FreeRTOS_printf(("TCP port %u LISTEN waiting %u half-open %u\n", (unsigned)l->port,
                             (unsigned)l->waiting, (unsigned)l->half_open));
    for (struct tcpip_tcp_connection *c = tcpip_tcp_each(host, NULL); c != NULL;
         c = tcpip_tcp_each(host, c))
        print_connection(c);
}
