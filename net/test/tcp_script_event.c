/* SPDX-License-Identifier: MIT */
/* Which event a step is, for the table of states and events. */
#include "tcp_script_play.h"

#include "tcp/sequence.h"

const char *const script_event_names[SCRIPT_ON_EVENTS] = {
    "SYN",           "SYN-ACK",     "no ACK",        "ACK of new",  "ACK again",
    "ACK of future", "ancient ACK", "data in order", "data early",  "outside the window",
    "FIN",           "exact RST",   "inexact RST",   "RST outside", "URG",
    "open",          "write",       "read",          "shutdown",    "close",
    "abort",         "a timer",     "unreachable",   "too big",     "address lost",
};

enum tcpip_tcp_state play_state(const struct play *play)
{
    const struct tcpip_tcp_connection *connection = script_current(&play->script);

    if (connection != NULL)
        return connection->state;
    return play->script.listener.host != NULL ? TCPIP_TCP_LISTEN : TCPIP_TCP_CLOSED;
}

void play_meet(struct play *play, enum script_event event)
{
    play->outcome->met[play_state(play)] |= 1u << event;
}

static enum script_event reset_event(const struct tcpip_tcp_connection *connection,
                                     uint32_t sequence, bool acknowledges)
{
    if (connection->state == TCPIP_TCP_SYN_SENT)
        return acknowledges ? SCRIPT_ON_RESET_EXACT : SCRIPT_ON_RESET_OUTSIDE;
    if (sequence == connection->expected)
        return SCRIPT_ON_RESET_EXACT;
    return tcpip_sequence_after(sequence, connection->expected) &&
                   tcpip_sequence_before(sequence, connection->advertised)
               ? SCRIPT_ON_RESET_INEXACT
               : SCRIPT_ON_RESET_OUTSIDE;
}

static enum script_event place_event(const struct tcpip_tcp_connection *connection,
                                     uint32_t sequence, uint32_t size)
{
    if (connection->state == TCPIP_TCP_SYN_SENT)
        return SCRIPT_ON_DATA; /* there is no order yet */
    if (tcpip_sequence_at_most(sequence, connection->expected) &&
        tcpip_sequence_after(sequence + size, connection->expected))
        return SCRIPT_ON_DATA;
    return tcpip_sequence_after(sequence, connection->expected) &&
                   tcpip_sequence_before(sequence, connection->advertised)
               ? SCRIPT_ON_DATA_EARLY
               : SCRIPT_ON_OUTSIDE;
}

static enum script_event ack_event(const struct tcpip_tcp_connection *connection, uint32_t ack)
{
    if (tcpip_sequence_after(ack, connection->highest))
        return SCRIPT_ON_ACK_FUTURE;
    if (tcpip_sequence_before(ack, connection->unacknowledged - connection->largest_window))
        return SCRIPT_ON_ACK_ANCIENT;
    return tcpip_sequence_after(ack, connection->unacknowledged) ? SCRIPT_ON_ACK_NEW
                                                                 : SCRIPT_ON_ACK_AGAIN;
}

static enum script_event segment_event(const struct play *play,
                                       const struct script_segment *segment)
{
    const struct tcpip_tcp_connection *connection = script_current(&play->script);
    uint32_t sequence = play->script.peer_base + segment->sequence;
    uint32_t ack = play->script.own_base + segment->acknowledgement;
    unsigned flags = segment->flags;

    if ((flags & TCPIP_TCP_RST) != 0)
        return connection == NULL
                   ? SCRIPT_ON_RESET_EXACT
                   : reset_event(connection, sequence,
                                 (flags & TCPIP_TCP_ACK) != 0 && ack == connection->highest);
    if ((flags & TCPIP_TCP_SYN) != 0)
        return (flags & TCPIP_TCP_ACK) != 0 ? SCRIPT_ON_SYN_ACK : SCRIPT_ON_SYN;
    if ((flags & TCPIP_TCP_ACK) == 0)
        return SCRIPT_ON_NO_ACK;
    if ((flags & TCPIP_TCP_URG) != 0)
        return SCRIPT_ON_URGENT;
    if ((flags & TCPIP_TCP_FIN) != 0)
        return SCRIPT_ON_FIN;
    if (connection == NULL)
        return segment->size > 0 ? SCRIPT_ON_DATA : SCRIPT_ON_ACK_AGAIN;
    enum script_event event = ack_event(connection, ack);
    if (event == SCRIPT_ON_ACK_FUTURE || event == SCRIPT_ON_ACK_ANCIENT)
        return event;
    return segment->size > 0 ? place_event(connection, sequence, segment->size) : event;
}

void play_meet_segment(struct play *play, const struct script_segment *segment)
{
    play_meet(play, segment_event(play, segment));
}
