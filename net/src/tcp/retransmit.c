/* SPDX-License-Identifier: MIT */
/*
 * The retransmission timer (RFC 6298): one segment at a time is measured, never one that was
 * repeated (Karn). Back-off doubles up to the configured maximum and ends with the first new
 * acknowledgement.
 */
#include "tcp/internal.h"

#define AFTER_SYN_LOSS 3000 /* ms */

static uint32_t clamp(const struct tcpip_tcp_connection *connection, uint32_t timeout)
{
    const struct tcpip_tcp_config *config = &connection->host->config;

    if (timeout < config->rto_minimum)
        return config->rto_minimum;
    return timeout > config->rto_maximum ? config->rto_maximum : timeout;
}

void tcpip_tcp_rtt_init(struct tcpip_tcp_connection *connection)
{
    connection->rtt = (struct tcpip_tcp_rtt){0};
    connection->rtt.timeout = connection->host->config.rto_initial;
}

void tcpip_tcp_rtt_start(struct tcpip_tcp_connection *connection, uint32_t sequence)
{
    if (connection->rtt.timing)
        return;
    connection->rtt.timing = true;
    connection->rtt.sequence = sequence;
    connection->rtt.since = connection->host->now;
}

/* RFC 6298 section 2, with SRTT * 8 and RTTVAR * 4 so that the fractions stay. */
static void measure(struct tcpip_tcp_rtt *rtt, uint32_t sample)
{
    if (!rtt->measured) {
        rtt->measured = true;
        rtt->smoothed8 = sample * 8;
        rtt->variance4 = sample * 2;
        return;
    }
    uint32_t smoothed = rtt->smoothed8 / 8;
    uint32_t error = sample > smoothed ? sample - smoothed : smoothed - sample;
    rtt->variance4 = rtt->variance4 - rtt->variance4 / 4 + error;
    rtt->smoothed8 = rtt->smoothed8 - smoothed + sample;
}

void tcpip_tcp_rtt_acknowledged(struct tcpip_tcp_connection *connection, uint32_t acknowledgement)
{
    struct tcpip_tcp_rtt *rtt = &connection->rtt;

    if (rtt->timing && tcpip_sequence_after(acknowledgement, rtt->sequence)) {
        rtt->timing = false;
        measure(rtt, connection->host->now - rtt->since);
    }
    if (rtt->measured) {
        uint32_t variance = rtt->variance4 > 1 ? rtt->variance4 : 1;
        rtt->timeout = clamp(connection, rtt->smoothed8 / 8 + variance);
    } else if (connection->syn_repeated) {
        rtt->timeout = clamp(connection, AFTER_SYN_LOSS); /* RFC 6298 section 5.7 */
    } else {
        rtt->timeout = connection->host->config.rto_initial;
    }
}

void tcpip_tcp_retransmit_arm(struct tcpip_tcp_connection *connection)
{
    tcpip_tcp_arm(connection, TCPIP_TCP_TIMER_RETRANSMIT, connection->rtt.timeout);
}

static bool given_up(struct tcpip_tcp_connection *connection)
{
    const struct tcpip_tcp_config *config = &connection->host->config;
    bool opening = connection->state < TCPIP_TCP_ESTABLISHED;

    if (connection->retries++ < (opening ? config->syn_retries : config->data_retries))
        return false;
    if (!opening)
        tcpip_tcp_send_reset(connection);
    tcpip_tcp_fail(connection, TCPIP_TCP_TIMED_OUT);
    return true;
}

void tcpip_tcp_retransmit_due(struct tcpip_tcp_connection *connection)
{
    bool opening = connection->state < TCPIP_TCP_ESTABLISHED;

    if (connection->unacknowledged == connection->highest)
        return;
    connection->rtt.timing = false;
    if (!opening && connection->window == 0) {
        /* Not lost but unwelcome: probing takes over, and has no limit while it is answered. */
        connection->next = connection->unacknowledged;
        tcpip_tcp_persist_arm(connection);
        return;
    }
    if (given_up(connection))
        return;
    connection->host->counters.timeouts++;
    connection->rtt.timeout = clamp(connection, connection->rtt.timeout * 2);
    if (opening) {
        connection->syn_repeated = true;
        tcpip_tcp_send_syn(connection);
        return;
    }
    tcpip_tcp_congestion_timeout(connection);
    connection->next = connection->unacknowledged;
    tcpip_tcp_output(connection);
    tcpip_tcp_retransmit_arm(connection);
}
