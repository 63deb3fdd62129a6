/* SPDX-License-Identifier: MIT */
/*
 * Flow control: the window we offer (RFC 9293 section 3.8.6, silly window avoidance on the
 * receiver's side in 3.8.6.2.2), the window we are offered, and probing one that is closed
 * (3.8.6.1). Our right edge never moves left.
 */
#include "tcp/internal.h"

#define LARGEST_FIELD 65535u

static uint32_t smaller(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

/* With less room than the low mark the window is opened no further until there is as much as the
 * high mark says. */
static void hold_or_release(struct tcpip_tcp_connection *connection, uint32_t room)
{
    if (!ipconfigUSE_TCP_MORE_OPTIONS)
        return;
    if (room >= connection->enough_room)
        connection->held = false;
    else if (room < connection->little_room)
        connection->held = true;
}

/* RFC 7323 section 2.2: the field of a SYN is never scaled, so that until both SYNs are
 * acknowledged nothing beyond its range can be offered. */
static uint32_t largest_window(const struct tcpip_tcp_connection *connection)
{
    if (ipconfigUSE_TCP_WINDOW_SCALING && connection->state >= TCPIP_TCP_ESTABLISHED)
        return LARGEST_FIELD << connection->receive_shift;
    return LARGEST_FIELD;
}

/* How far the right edge could move. */
static uint32_t gain(struct tcpip_tcp_connection *connection)
{
    if (connection->advertised - connection->expected == connection->receive.size)
        return 0; /* the window is as wide as the ring */
    uint32_t room = tcpip_ring_free(&connection->receive);
    uint32_t edge = connection->expected + smaller(room, largest_window(connection));

    hold_or_release(connection, room);
    if (tcpip_tcp_has_option(connection, TCPIP_TCP_STOP_RECEIVE) ||
        (ipconfigUSE_TCP_MORE_OPTIONS && connection->held) ||
        tcpip_sequence_before(edge, connection->advertised))
        return 0;
    return edge - connection->advertised;
}

/* A field that is scaled may say a little less than the edge; what lies between is taken all the
 * same (RFC 7323 section 2.4). */
uint16_t tcpip_tcp_offer_window(struct tcpip_tcp_connection *connection, bool in_syn)
{
    uint32_t more = gain(connection);
    unsigned shift = ipconfigUSE_TCP_WINDOW_SCALING && !in_syn ? connection->receive_shift : 0;

    if (more >= smaller(connection->own_mss, connection->receive.size / 2))
        connection->advertised += more;
    return (uint16_t)((connection->advertised - connection->expected) >> shift);
}

bool tcpip_tcp_window_update_due(struct tcpip_tcp_connection *connection)
{
    uint32_t more = gain(connection);
    bool nearly_closed = connection->advertised - connection->expected < connection->own_mss;
    uint32_t step = nearly_closed ? connection->own_mss : 2u * connection->own_mss;

    return more > 0 && more >= smaller(step, connection->receive.size / 2);
}

/* RFC 9293 section 3.10.7.4: only a segment at least as new as the last may change SND.WND. */
void tcpip_tcp_window_learn(struct tcpip_tcp_connection *connection,
                            const struct tcpip_tcp_header *header)
{
    uint32_t edge = connection->window_acknowledgement + connection->window;

    if (tcpip_sequence_before(header->sequence, connection->window_sequence) ||
        (header->sequence == connection->window_sequence &&
         tcpip_sequence_before(header->acknowledgement, connection->window_acknowledgement)))
        return;
    connection->window = tcpip_tcp_window_of(connection, header);
    connection->window_sequence = header->sequence;
    connection->window_acknowledgement = header->acknowledgement;
    if (connection->window > connection->largest_window)
        connection->largest_window = connection->window;
    if (tcpip_sequence_after(header->acknowledgement + connection->window, edge))
        connection->events |= TCPIP_TCP_EVENT_WRITABLE;
}

void tcpip_tcp_persist_arm(struct tcpip_tcp_connection *connection)
{
    uint32_t most = connection->host->config->persist_maximum, delay = connection->rtt.timeout;

    if (tcpip_tcp_armed(connection, TCPIP_TCP_TIMER_PERSIST))
        return;
    for (unsigned i = 0; i < connection->probes && delay < most; i++)
        delay *= 2;
    tcpip_tcp_arm(connection, TCPIP_TCP_TIMER_PERSIST, smaller(delay, most));
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
