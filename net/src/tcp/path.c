/* SPDX-License-Identifier: MIT */
/*
 * What routers say about our segments. Anybody can send such a message, so it counts only when it
 * quotes a sequence number that is in flight, and it never ends an established connection
 * (RFC 9293 section 3.9.2.2, RFC 5927).
 */
#include "tcp/internal.h"

#define LEAST_MSS_IPV6 1220 /* RFC 8201 section 4: what says less is not believed */

/* Segments to this peer become smaller, and those in flight are sent again (RFC 1191). */
static void narrow(struct tcpip_tcp_connection *connection, uint16_t mss)
{
    uint16_t least = ipconfigUSE_IPv6 && connection->ends.remote.family == TCPIP_IPV6
                         ? LEAST_MSS_IPV6
                         : connection->host->config->minimum_mss;

    if (mss < least)
        mss = least;
    mss = (uint16_t)(mss - tcpip_tcp_options_size(connection));
    if (!tcpip_tcp_may_send_data(connection) || mss >= connection->mss)
        return;
    connection->mss = mss;
    connection->next = connection->unacknowledged;
    tcpip_tcp_rtt_spoilt(connection);
    tcpip_tcp_output(connection);
}

void tcpip_tcp_icmp(struct tcpip_tcp_host *host, const struct tcpip_tcp_endpoints *endpoints,
                    uint32_t sequence, uint16_t mss)
{
    struct tcpip_tcp_connection *connection = tcpip_tcp_find(host, endpoints);

    if (connection == NULL || tcpip_sequence_before(sequence, connection->unacknowledged) ||
        tcpip_sequence_at_least(sequence, connection->highest))
        return;
    if (mss > 0)
        narrow(connection, mss);
    else if (connection->state == TCPIP_TCP_SYN_SENT)
        tcpip_tcp_fail(connection, TCPIP_TCP_REFUSED);
    tcpip_tcp_settle(connection);
}
