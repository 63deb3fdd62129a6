/* SPDX-License-Identifier: MIT */
/*
 * The state machine of RFC 9293 section 3.3.2: every change of state is in this file, except that
 * a connection is born in SYN-SENT (connection.c) or SYN-RECEIVED (listen.c) and a SYN-SENT that
 * meets a SYN goes to SYN-RECEIVED (input.c).
 */
#include "tcp/internal.h"

#define RTO_AFTER_SYN_LOSS 3000 /* ms; RFC 6298 section 5.7 */

/* Ends it; its memory goes when the owner lets go, or at once when there is none. */
void tcpip_tcp_to_closed(struct tcpip_tcp_connection *connection)
{
    if (connection->state == TCPIP_TCP_TIME_WAIT)
        connection->host->time_waits--;
    tcpip_tcp_leave_list(connection);
    tcpip_tcp_disarm_all(connection);
    connection->state = TCPIP_TCP_CLOSED;
}

/* TIME-WAIT is bounded: the oldest gives way, as RFC 9293 section 3.6.1 allows for want of room. */
static void to_time_wait(struct tcpip_tcp_connection *connection)
{
    struct tcpip_tcp_host *host = connection->host;

    tcpip_tcp_disarm_all(connection);
    if (host->time_waits >= host->config->time_wait_max && host->time_waits > 0) {
        struct tcpip_tcp_connection *oldest = TCPIP_CONTAINER(host->time_wait_list.next,
                                                              struct tcpip_tcp_connection, link);
        tcpip_tcp_to_closed(oldest);
        if (oldest->closed_by_owner)
            tcpip_tcp_destroy(oldest);
    }
    connection->state = TCPIP_TCP_TIME_WAIT;
    connection->events |= TCPIP_TCP_EVENT_CLOSED;
    tcpip_list_append(&host->time_wait_list, &connection->link);
    host->time_waits++;
    if (connection->closed_by_owner)
        tcpip_tcp_release_rings(connection);
    tcpip_tcp_arm(connection, TCPIP_TCP_TIMER_LIFETIME, host->config->time_wait);
}

void tcpip_tcp_established(struct tcpip_tcp_connection *connection,
                           const struct tcpip_tcp_segment *segment)
{
    tcpip_tcp_rtt_acknowledged(connection, segment);
    connection->state = TCPIP_TCP_ESTABLISHED;
    connection->unacknowledged = connection->initial_sequence + 1;
    connection->retries = 0;
    connection->events |= TCPIP_TCP_EVENT_CONNECTED | TCPIP_TCP_EVENT_WRITABLE;
    tcpip_tcp_disarm(connection, TCPIP_TCP_TIMER_RETRANSMIT);
    if (connection->syn_repeated)
        tcpip_tcp_rto_set(connection, RTO_AFTER_SYN_LOSS);
    tcpip_tcp_congestion_init(connection);
    tcpip_tcp_keep_alive_arm(connection);
    if (connection->fin_queued)
        connection->state = TCPIP_TCP_FIN_WAIT_1;
}

void tcpip_tcp_fail(struct tcpip_tcp_connection *connection, enum tcpip_tcp_error error)
{
    bool told = connection->state == TCPIP_TCP_TIME_WAIT;

    tcpip_tcp_to_closed(connection);
    if (told)
        return; /* both directions had ended in order */
    connection->error = (uint8_t)error;
    connection->events |= TCPIP_TCP_EVENT_ERROR;
}

void tcpip_tcp_queue_fin(struct tcpip_tcp_connection *connection)
{
    switch (connection->state) {
    case TCPIP_TCP_ESTABLISHED:
        connection->state = TCPIP_TCP_FIN_WAIT_1;
        break;
    case TCPIP_TCP_CLOSE_WAIT:
        connection->state = TCPIP_TCP_LAST_ACK;
        break;
    case TCPIP_TCP_SYN_RECEIVED: /* goes on to FIN-WAIT-1 once established */
        break;
    default:
        return;
    }
    connection->fin_queued = true;
}

void tcpip_tcp_own_fin_acknowledged(struct tcpip_tcp_connection *connection)
{
    switch (connection->state) {
    case TCPIP_TCP_FIN_WAIT_1:
        connection->state = TCPIP_TCP_FIN_WAIT_2;
        if (connection->closed_by_owner)
            tcpip_tcp_arm(connection, TCPIP_TCP_TIMER_LIFETIME, connection->host->config->fin_wait);
        break;
    case TCPIP_TCP_CLOSING:
        to_time_wait(connection);
        break;
    case TCPIP_TCP_LAST_ACK:
        tcpip_tcp_to_closed(connection);
        connection->events |= TCPIP_TCP_EVENT_CLOSED;
        break;
    default:
        break;
    }
}

void tcpip_tcp_peer_fin(struct tcpip_tcp_connection *connection)
{
    connection->peer_finished = true;
    connection->events |= TCPIP_TCP_EVENT_PEER_CLOSED;
    switch (connection->state) {
    case TCPIP_TCP_ESTABLISHED:
        connection->state = TCPIP_TCP_CLOSE_WAIT;
        break;
    case TCPIP_TCP_FIN_WAIT_1:
        connection->state = TCPIP_TCP_CLOSING;
        break;
    case TCPIP_TCP_FIN_WAIT_2:
        to_time_wait(connection);
        break;
    default:
        break;
    }
}
