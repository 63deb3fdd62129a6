/* SPDX-License-Identifier: MIT */
/*
 * How much the network is trusted with: slow start and congestion avoidance (RFC 5681), fast
 * retransmit and NewReno fast recovery (RFC 6582), limited transmit (RFC 3042), restart after idle
 * time (RFC 5681 section 4.1). Everything here changes one structure and may send one segment.
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
    congestion->duplicates = 0;
    congestion->recovering = false;
}

uint32_t tcpip_tcp_congestion_allows(const struct tcpip_tcp_connection *connection)
{
    const struct tcpip_tcp_congestion *congestion = &connection->congestion;
    uint32_t extra = congestion->recovering ? 0 : congestion->duplicates;

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

/* RFC 6582 section 3.2, step 3: the ACK ends recovery, or shows the next hole. */
static void recover(struct tcpip_tcp_connection *connection, uint32_t count)
{
    struct tcpip_tcp_congestion *congestion = &connection->congestion;
    uint32_t mss = connection->mss;

    if (tcpip_sequence_at_least(connection->unacknowledged, congestion->recover)) {
        congestion->recovering = false;
        congestion->duplicates = 0;
        congestion->window = smaller(congestion->threshold, larger(flight(connection), mss) + mss);
        return;
    }
    congestion->window -= smaller(count, congestion->window);
    congestion->window += count >= mss ? mss : 0;
    congestion->window = larger(congestion->window, mss);
    tcpip_tcp_send_oldest(connection);
}

void tcpip_tcp_congestion_acknowledged(struct tcpip_tcp_connection *connection, uint32_t count)
{
    if (connection->congestion.recovering) {
        recover(connection, count);
        return;
    }
    connection->congestion.duplicates = 0;
    /* What lies far behind must not seem to lie ahead once 2^31 bytes have gone by. */
    if (tcpip_sequence_after(connection->unacknowledged, connection->congestion.recover))
        connection->congestion.recover = connection->unacknowledged - 1;
    grow(connection, count);
}

void tcpip_tcp_congestion_duplicate(struct tcpip_tcp_connection *connection)
{
    struct tcpip_tcp_congestion *congestion = &connection->congestion;
    uint32_t mss = connection->mss;

    if (congestion->recovering) {
        if (congestion->window < UINT32_C(0x40000000))
            congestion->window += mss;
        return;
    }
    if (congestion->duplicates < UINT8_MAX)
        congestion->duplicates++;
    if (congestion->duplicates != FAST_RETRANSMIT_AFTER ||
        !tcpip_sequence_after(connection->unacknowledged, congestion->recover))
        return;
    congestion->threshold = larger(flight(connection) / 2, 2 * mss);
    congestion->window = congestion->threshold + FAST_RETRANSMIT_AFTER * mss;
    congestion->recover = connection->highest;
    congestion->recovering = true;
    connection->host->counters.fast_retransmitted++;
    tcpip_tcp_send_oldest(connection);
    tcpip_tcp_retransmit_arm(connection);
}

void tcpip_tcp_congestion_timeout(struct tcpip_tcp_connection *connection)
{
    struct tcpip_tcp_congestion *congestion = &connection->congestion;

    if (connection->retries == 1)
        congestion->threshold = larger(flight(connection) / 2, 2u * connection->mss);
    congestion->window = connection->mss;
    congestion->recover = connection->highest;
    congestion->recovering = false;
    congestion->duplicates = 0;
}

void tcpip_tcp_congestion_idle(struct tcpip_tcp_connection *connection)
{
    uint32_t idle = connection->host->now - connection->last_sent;

    if (connection->next == connection->unacknowledged && idle > connection->rtt.timeout)
        connection->congestion.window = smaller(connection->congestion.window,
                                                initial_window(connection->mss));
}
