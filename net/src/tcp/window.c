/* SPDX-License-Identifier: MIT */
/*
 * Flow control: the window we offer (RFC 9293 section 3.8.6, silly window avoidance on the
 * receiver's side in 3.8.6.2.2), and the window we are offered. Our right edge never moves left.
 */
#include "tcp/internal.h"

#define LARGEST_FIELD 65535u

/*@ assigns \nothing;
    ensures \result == \min(a, b); */
static uint32_t smaller(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

/* With less room than the low mark the window is opened no further until there is as much as the
 * high mark says. */
/*@ requires \valid(connection);
    assigns connection->held; */
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
/*@ requires \valid_read(connection) && connection->receive_shift <= 14;
    assigns \nothing; */
static uint32_t largest_window(const struct tcpip_tcp_connection *connection)
{
    if (ipconfigUSE_TCP_WINDOW_SCALING && connection->state >= TCPIP_TCP_ESTABLISHED)
        return LARGEST_FIELD << connection->receive_shift;
    return LARGEST_FIELD;
}

/* How far the right edge could move. */
/*@ requires \valid(connection) && tcpip_tcp_window_sound(connection);
    assigns connection->held;
    ensures tcpip_tcp_offered(connection) + \result <=
            connection->receive.size - tcpip_ring_fill(&connection->receive); */
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
