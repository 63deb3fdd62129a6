/* SPDX-License-Identifier: MIT */
/*
 * How much the network is trusted with: slow start and congestion avoidance (RFC 5681), fast
 * retransmit and NewReno fast recovery (RFC 6582), limited transmit (RFC 3042), restart after idle
 * time (RFC 5681 section 4.1). Everything here changes one structure and may send one segment.
 * Where both ends agreed on selective acknowledgements, recovery is RFC 6675's (sack.c): the window
 * is not inflated there, what is on its way is counted instead. With one segment at a time
 * (ipconfigUSE_TCP_WIN off) only the timer's part is left.
 */
#include "tcp/internal.h"

#define FAST_RETRANSMIT_AFTER 3

static uint32_t larger(uint32_t a, uint32_t b)
{
    return a > b ? a : b;
}

static uint32_t smaller(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

/* RFC 5681, equation (1). */
static uint32_t initial_window(uint32_t mss)
{
    return mss > 2190 ? 2 * mss : mss > 1095 ? 3 * mss : 4 * mss;
}

static uint32_t flight(const struct tcpip_tcp_connection *connection)
{
    return connection->highest - connection->unacknowledged;
}

void tcpip_tcp_congestion_init(struct tcpip_tcp_connection *connection)
{
    struct tcpip_tcp_congestion *congestion = &connection->congestion;

    /* A SYN that had to be repeated says that the network is busy. */
    congestion->window = connection->syn_repeated ? connection->mss
                                                  : initial_window(connection->mss);
    congestion->threshold = UINT32_MAX;
    congestion->recover = connection->initial_sequence;
}

uint32_t tcpip_tcp_congestion_allows(const struct tcpip_tcp_connection *connection)
{
    const struct tcpip_tcp_congestion *congestion = &connection->congestion;
    uint32_t extra = connection->recovering ? 0 : connection->duplicates;

    if (!ipconfigUSE_TCP_WIN)
        return UINT32_MAX;
    if (TCPIP_TCP_AGREED(connection, SACK) && connection->recovering)
        return connection->next - connection->unacknowledged + tcpip_tcp_sack_room(connection);
    return congestion->window + smaller(extra, FAST_RETRANSMIT_AFTER - 1) * connection->mss;
}

static void grow(struct tcpip_tcp_connection *connection, uint32_t count)
{
    struct tcpip_tcp_congestion *congestion = &connection->congestion;
    uint32_t mss = connection->mss;
    uint32_t step = congestion->window < congestion->threshold
                        ? smaller(count, mss)
                        : larger(1, mss * mss / congestion->window);

    if (congestion->window < UINT32_C(0x40000000))
        congestion->window += step;
}

/* RFC 6582 section 3.2, step 3, and RFC 6675 section 5, step A: the ACK ends recovery, or shows
 * the next hole. */
static void recover(struct tcpip_tcp_connection *connection, uint32_t count)
{
    struct tcpip_tcp_congestion *congestion = &connection->congestion;
    bool selective = TCPIP_TCP_AGREED(connection, SACK);
    uint32_t mss = connection->mss;

    connection->progressed = true;
    if (tcpip_sequence_at_least(connection->unacknowledged, congestion->recover)) {
        connection->recovering = false;
        connection->duplicates = 0;
        if (!selective)
            congestion->window = smaller(congestion->threshold,
                                         larger(flight(connection), mss) + mss);
        return;
    }
    if (selective)
        return;
    congestion->window -= smaller(count, congestion->window);
    congestion->window += count >= mss ? mss : 0;
    congestion->window = larger(congestion->window, mss);
    (void)tcpip_tcp_send_again(connection, connection->unacknowledged, connection->highest);
}

/* RFC 6582 section 3.2: of the partial ACKs only the first restarts the timer. When many segments
 * were lost, going back once is faster than one of them a round trip. */
static bool keeps_timer(const struct tcpip_tcp_connection *connection)
{
    const struct tcpip_tcp_congestion *congestion = &connection->congestion;

    return connection->recovering && connection->progressed &&
           !TCPIP_TCP_AGREED(connection, SACK) &&
           tcpip_sequence_before(connection->unacknowledged, congestion->recover);
}

void tcpip_tcp_congestion_acknowledged(struct tcpip_tcp_connection *connection, uint32_t count)
{
    if (connection->unacknowledged == connection->highest)
        tcpip_tcp_disarm(connection, TCPIP_TCP_TIMER_RETRANSMIT);
    else if (!keeps_timer(connection))
        tcpip_tcp_retransmit_arm(connection);
    if (!ipconfigUSE_TCP_WIN)
        return;
    if (TCPIP_TCP_AGREED(connection, SACK))
        tcpip_tcp_sack_acknowledged(connection);
    if (connection->recovering) {
        recover(connection, count);
        return;
    }
    connection->duplicates = 0;
    /* What lies far behind must not seem to lie ahead once 2^31 bytes have gone by. */
    if (tcpip_sequence_after(connection->unacknowledged, connection->congestion.recover))
        connection->congestion.recover = connection->unacknowledged - 1;
    grow(connection, count);
}

/* Equation (4) of RFC 5681. What limited transmit sent does not count (section 3.2, step 2): it is
 * what goes beyond the window. */
static void halve(struct tcpip_tcp_connection *connection)
{
    struct tcpip_tcp_congestion *congestion = &connection->congestion;
    uint32_t sent = smaller(flight(connection), congestion->window);

    congestion->threshold = larger(sent / 2, 2u * connection->mss);
}

/* RFC 6582 section 3.2, step 2; RFC 6675 section 5, step 4. */
static void start_recovery(struct tcpip_tcp_connection *connection)
{
    struct tcpip_tcp_congestion *congestion = &connection->congestion;

    halve(connection);
    congestion->window = congestion->threshold;
    congestion->recover = connection->highest;
    connection->recovering = true;
    connection->progressed = false;
    TCPIP_TCP_HOST_COUNT(connection->host, fast_retransmitted, 1);
    if (TCPIP_TCP_AGREED(connection, SACK)) {
        tcpip_tcp_sack_recover(connection);
    } else {
        congestion->window += FAST_RETRANSMIT_AFTER * connection->mss;
        (void)tcpip_tcp_send_again(connection, connection->unacknowledged, connection->highest);
    }
    tcpip_tcp_retransmit_arm(connection);
}

/* Nothing that was in flight when the last recovery or time-out began can be what duplicates are
 * about: RFC 6582 wants more acknowledged than that, RFC 6675 section 5.1 as much, since reports
 * cannot be mistaken. */
static bool is_behind_recovery(const struct tcpip_tcp_connection *connection)
{
    uint32_t acknowledged = connection->unacknowledged, recover = connection->congestion.recover;

    return tcpip_sequence_after(acknowledged, recover) ||
           (TCPIP_TCP_AGREED(connection, SACK) && acknowledged == recover);
}

void tcpip_tcp_congestion_duplicate(struct tcpip_tcp_connection *connection)
{
    struct tcpip_tcp_congestion *congestion = &connection->congestion;

    TCPIP_TCP_COUNT(connection, duplicate_acks, 1);
    if (!ipconfigUSE_TCP_WIN)
        return;
    if (connection->recovering) {
        if (!TCPIP_TCP_AGREED(connection, SACK) && congestion->window < UINT32_C(0x40000000))
            congestion->window += connection->mss;
        return;
    }
    if (connection->duplicates < UINT8_MAX)
        connection->duplicates++;
    if ((connection->duplicates == FAST_RETRANSMIT_AFTER ||
         (TCPIP_TCP_AGREED(connection, SACK) && tcpip_tcp_sack_first_is_lost(connection))) &&
        is_behind_recovery(connection))
        start_recovery(connection);
}

void tcpip_tcp_congestion_timeout(struct tcpip_tcp_connection *connection)
{
    struct tcpip_tcp_congestion *congestion = &connection->congestion;

    if (!ipconfigUSE_TCP_WIN)
        return;
    if (connection->retries == 1)
        halve(connection);
    congestion->window = connection->mss;
    congestion->recover = connection->highest;
    connection->recovering = false;
    connection->duplicates = 0;
}

void tcpip_tcp_congestion_idle(struct tcpip_tcp_connection *connection)
{
    uint32_t idle = connection->host->now - connection->last_sent;

    if (ipconfigUSE_TCP_WIN && connection->next == connection->unacknowledged &&
        idle > connection->rtt.timeout)
        connection->congestion.window = smaller(connection->congestion.window,
                                                initial_window(connection->mss));
}
