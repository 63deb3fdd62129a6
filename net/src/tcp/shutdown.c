/* SPDX-License-Identifier: MIT */
/* The end of TCP. A file of its own: most applications never stop the stack. */
#include "tcp/internal.h"

void tcpip_tcp_deinit(struct tcpip_tcp_host *host)
{
    struct tcpip_tcp_connection *connection;

    while ((connection = tcpip_tcp_each(host, NULL)) != NULL)
        tcpip_tcp_destroy(connection);
}
