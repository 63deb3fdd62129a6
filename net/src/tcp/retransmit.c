/* SPDX-License-Identifier: MIT */
/*
 * The retransmission timer (RFC 6298): one segment at a time is measured, never one that was
 * repeated (Karn), unless time stamps tell the copies apart. Back-off doubles up to the configured
 * maximum and ends with the next measurement. Data that stays unacknowledged too often, or for as
 * long as the user allows, ends the connection (RFC 9293 section 3.8.3).
 */
#include "tcp/internal.h"

void tcpip_tcp_rto_set(struct tcpip_tcp_connection *connection, uint32_t time)
{
    const struct tcpip_tcp_config *config = connection->host->config;

    if (time > config->rto_maximum)
        time = config->rto_maximum;
    connection->rtt.timeout = time < config->rto_minimum ? config->rto_minimum : time;
}

void tcpip_tcp_rtt_start(struct tcpip_tcp_connection *connection, uint32_t sequence)
{
    if (connection->rtt_timing)
        return;
    connection->rtt_timing = true;
    connection->rtt_repeated = false;
    connection->rtt.sequence = sequence;
    connection->rtt.since = connection->host->now;
}

/* RFC 6298 section 2, with SRTT * 8 and RTTVAR * 4 so that the fractions stay. */
static void measure(struct tcpip_tcp_connection *connection, uint32_t sample)
{
    struct tcpip_tcp_rtt *rtt = &connection->rtt;

    if (!connection->rtt_measured) {
        connection->rtt_measured = true;
        rtt->smoothed8 = sample * 8;
        rtt->variance4 = sample * 2;
        return;
    }
    uint32_t smoothed = rtt->smoothed8 / 8;
    uint32_t error = sample > smoothed ? sample - smoothed : smoothed - sample;
    rtt->variance4 = rtt->variance4 - rtt->variance4 / 4 + error;
    rtt->smoothed8 = rtt->smoothed8 - smoothed + sample;
}

void tcpip_tcp_rtt_spoilt(struct tcpip_tcp_connection *connection)
{
    if (!TCPIP_TCP_AGREED(connection, TIMESTAMPS)) {
        connection->rtt_timing = false;
        return;
    }
    connection->rtt_repeated = true;
    connection->rtt.since = connection->host->now;
}

/* How long the segment being timed was under way. Of one that was repeated only the echo of a copy
 * sent since says so: an older one may have had its ACK lost, and then measures our own time-out. */
static bool sample_of(const struct tcpip_tcp_connection *connection,
                      const struct tcpip_tcp_options *options, uint32_t *sample)
{
    uint32_t longest = connection->host->now - connection->rtt.since;

    *sample = longest;
    if (!TCPIP_TCP_AGREED(connection, TIMESTAMPS) || !connection->rtt_repeated)
        return true;
    return tcpip_tcp_timestamps_measure(connection, options, sample) && *sample <= longest;
}

void tcpip_tcp_rtt_acknowledged(struct tcpip_tcp_connection *connection,
                                const struct tcpip_tcp_segment *segment)
{
    const struct tcpip_tcp_rtt *rtt = &connection->rtt;
    uint32_t most = connection->host->config->rto_maximum, sample;

    if (!connection->rtt_timing ||
        !tcpip_sequence_after(segment->header.acknowledgement, rtt->sequence))
        return;
    connection->rtt_timing = false;
    if (!sample_of(connection, &segment->options, &sample))
        return;
    measure(connection, sample < most ? sample : most);
    tcpip_tcp_rto_set(connection, rtt->smoothed8 / 8 + (rtt->variance4 > 1 ? rtt->variance4 : 1));
}

static bool has_user_timeout(const struct tcpip_tcp_connection *connection)
{
    return ipconfigUSE_TCP_MORE_OPTIONS && connection->user_timeout != 0 &&
           connection->state >= TCPIP_TCP_ESTABLISHED;
}

/* What is left until the user's limit, or UINT32_MAX. */
static uint32_t patience(const struct tcpip_tcp_connection *connection)
{
    uint32_t gone = connection->host->now - connection->stalled;

    if (!has_user_timeout(connection))
        return UINT32_MAX;
    return gone < connection->user_timeout ? connection->user_timeout - gone : 0;
}

void tcpip_tcp_retransmit_arm(struct tcpip_tcp_connection *connection)
{
    uint32_t left = patience(connection), delay = connection->rtt.timeout;

    tcpip_tcp_arm(connection, TCPIP_TCP_TIMER_RETRANSMIT, left < delay ? left : delay);
}

static bool given_up(struct tcpip_tcp_connection *connection)
{
    const struct tcpip_tcp_config *config = connection->host->config;
    bool opening = connection->state < TCPIP_TCP_ESTABLISHED;
    uint8_t most = opening ? config->syn_retries : config->data_retries;

    if (connection->retries < UINT8_MAX)
        connection->retries++;
    if (has_user_timeout(connection) ? patience(connection) > 0 : connection->retries <= most)
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
    tcpip_tcp_rtt_spoilt(connection);
    if (!opening && connection->window == 0) {
        /* Not lost but unwelcome: probing takes over, and has no limit while it is answered. */
        connection->next = connection->unacknowledged;
        tcpip_tcp_persist_arm(connection);
        return;
    }
    if (given_up(connection))
        return;
    TCPIP_TCP_HOST_COUNT(connection->host, timeouts, 1);
    tcpip_tcp_rto_set(connection, connection->rtt.timeout * 2);
    if (opening) {
        connection->syn_repeated = true;
        tcpip_tcp_send_syn(connection);
        return;
    }
    TCPIP_TCP_COUNT(connection, timeouts, 1);
    tcpip_tcp_congestion_timeout(connection);
    if (TCPIP_TCP_AGREED(connection, SACK))
        tcpip_tcp_sack_forget(connection);
    connection->next = connection->unacknowledged;
    tcpip_tcp_output(connection);
    tcpip_tcp_retransmit_arm(connection);
}
