/* SPDX-License-Identifier: MIT */
/*
 * The retransmission timer (RFC 6298): one segment at a time is measured, never one that was
 * repeated (Karn), unless time stamps tell the copies apart. Back-off doubles up to the configured
 * maximum and ends with the next measurement. Data that stays unacknowledged too often, or for as
 * long as the user allows, ends the connection (RFC 9293 section 3.8.3).
 */
#include "tcp/internal.h"

#define AFTER_SYN_LOSS 3000 /* ms */

static uint32_t clamp(const struct tcpip_tcp_connection *connection, uint32_t time,
                      uint32_t minimum)
{
    uint32_t maximum = connection->host->config->rto_maximum;

    if (time < minimum)
        return minimum;
    return time > maximum ? maximum : time;
}

void tcpip_tcp_rtt_start(struct tcpip_tcp_connection *connection, uint32_t sequence)
{
    if (connection->rtt.timing)
        return;
    connection->rtt.timing = true;
    connection->rtt.repeated = false;
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

void tcpip_tcp_rtt_spoilt(struct tcpip_tcp_connection *connection)
{
    struct tcpip_tcp_rtt *rtt = &connection->rtt;

    if (!TCPIP_TCP_AGREED(connection, TIMESTAMPS))
        rtt->timing = false;
    rtt->repeated = true;
    rtt->since = connection->host->now;
}

/* How long the segment being timed was under way. Of one that was repeated only the echo of a copy
 * sent since says so: an older one may have had its ACK lost, and then measures our own time-out. */
static bool sample_of(const struct tcpip_tcp_connection *connection,
                      const struct tcpip_tcp_options *options, uint32_t *sample)
{
    uint32_t longest = connection->host->now - connection->rtt.since;

    *sample = longest;
    if (!TCPIP_TCP_AGREED(connection, TIMESTAMPS) || !connection->rtt.repeated)
        return true;
    return tcpip_tcp_timestamps_measure(connection, options, sample) && *sample <= longest;
}

void tcpip_tcp_rtt_acknowledged(struct tcpip_tcp_connection *connection, uint32_t acknowledgement,
                                const struct tcpip_tcp_options *options)
{
    struct tcpip_tcp_rtt *rtt = &connection->rtt;
    uint32_t sample;

    if (!rtt->timing || !tcpip_sequence_after(acknowledgement, rtt->sequence))
        return;
    rtt->timing = false;
    if (!sample_of(connection, options, &sample))
        return;
    measure(rtt, clamp(connection, sample, 0));
    uint32_t variance = rtt->variance4 > 1 ? rtt->variance4 : 1;
    rtt->timeout = clamp(connection, rtt->smoothed8 / 8 + variance,
                         connection->host->config->rto_minimum);
}

/* RFC 6298 section 5.7: the first time-out of data after a SYN that had to be repeated. */
void tcpip_tcp_rtt_established(struct tcpip_tcp_connection *connection)
{
    if (connection->syn_repeated)
        connection->rtt.timeout = clamp(connection, AFTER_SYN_LOSS,
                                        connection->host->config->rto_minimum);
}

static bool has_user_timeout(const struct tcpip_tcp_connection *connection)
{
    return connection->user_timeout != 0 && connection->state >= TCPIP_TCP_ESTABLISHED;
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
    connection->rtt.timeout = clamp(connection, connection->rtt.timeout * 2,
                                    connection->host->config->rto_minimum);
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
