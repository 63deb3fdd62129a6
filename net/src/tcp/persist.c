/* SPDX-License-Identifier: MIT */
/* Probing a window that is closed (RFC 9293 section 3.8.6.1). */
#include "tcp/internal.h"

void tcpip_tcp_persist_arm(struct tcpip_tcp_connection *connection)
{
    uint32_t most = connection->host->config->persist_maximum, delay = connection->rtt.timeout;

    if (tcpip_tcp_armed(connection, TCPIP_TCP_TIMER_PERSIST))
        return;
    for (unsigned i = 0; i < connection->probes && delay < most; i++)
        delay *= 2;
    tcpip_tcp_arm(connection, TCPIP_TCP_TIMER_PERSIST, delay < most ? delay : most);
}

/* MUST-35, MUST-36, MUST-37: probe with growing intervals, for as long as the peer answers; but not
 * for ever what nobody here owns any more. */
static bool given_up(const struct tcpip_tcp_connection *connection)
{
    uint8_t most = connection->host->config->data_retries;

    return connection->unanswered >= most ||
           (connection->closed_by_owner && connection->probes >= most);
}

void tcpip_tcp_persist_due(struct tcpip_tcp_connection *connection)
{
    uint32_t next = connection->next;

    tcpip_tcp_output(connection);
    if (connection->next != next || connection->next != connection->unacknowledged ||
        !tcpip_tcp_armed(connection, TCPIP_TCP_TIMER_PERSIST))
        return; /* the window has opened meanwhile, or nothing is left to send */
    if (given_up(connection)) {
        tcpip_tcp_send_reset(connection);
        tcpip_tcp_fail(connection, TCPIP_TCP_TIMED_OUT);
        return;
    }
    connection->unanswered++;
    if (connection->probes < UINT8_MAX)
        connection->probes++;
    TCPIP_TCP_HOST_COUNT(connection->host, probes, 1);
    tcpip_tcp_send_probe(connection);
    tcpip_tcp_disarm(connection, TCPIP_TCP_TIMER_PERSIST);
    tcpip_tcp_persist_arm(connection);
}
