/* SPDX-License-Identifier: MIT */
/*
 * Segments out. One function decides whether the next segment of data may go now (windows, silly
 * window avoidance of RFC 9293 section 3.8.6.2.1, Nagle); the others say what a control segment
 * looks like. Whatever leaves carries the newest acknowledgement, so it settles any owed ACK.
 */
#include "tcp/internal.h"

enum { BLOCK_HEAD = 4, BLOCK = 8 }; /* of the SACK option, aligned */

static uint32_t smaller(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

static bool transmit(struct tcpip_tcp_host *host, struct tcpip_tcp_outgoing *segment)
{
    if (!host->environment->transmit(host->environment->context, segment)) {
        TCPIP_TCP_HOST_COUNT(host, transmit_failed, 1);
        return false;
    }
    TCPIP_TCP_HOST_COUNT(host, segments_out, 1);
    TCPIP_TCP_HOST_COUNT(host, bytes_out,
                         (uint32_t)(segment->payload[0].size + segment->payload[1].size));
    return true;
}

/* What every segment of a connection says. No payload and no options but those of each segment. */
static void begin_segment(struct tcpip_tcp_connection *connection,
                          struct tcpip_tcp_outgoing *segment, uint32_t sequence, unsigned flags)
{
    bool syn = (flags & TCPIP_TCP_SYN) != 0;

    segment->ends = &connection->ends;
    segment->way = &connection->way;
    segment->header = (struct tcpip_tcp_header){
        .source_port = connection->ends.local_port,
        .destination_port = connection->ends.remote_port,
        .sequence = sequence,
        .acknowledgement = connection->expected, /* 0 as long as nothing has come */
        .flags = (uint8_t)flags,
        .window = tcpip_tcp_offer_window(connection, syn)};
    tcpip_tcp_no_options(&segment->options);
    segment->payload[0].size = segment->payload[1].size = 0;
    if (TCPIP_TCP_AGREED(connection, TIMESTAMPS) && !syn)
        tcpip_tcp_timestamps_put(connection, &segment->options);
}

/* How many blocks have room beside the payload. What they say is owed like the ACK itself. */
static unsigned room_for_blocks(const struct tcpip_tcp_connection *connection,
                                const struct tcpip_tcp_outgoing *segment)
{
    size_t payload = segment->payload[0].size + segment->payload[1].size;
    size_t room = payload < connection->mss ? connection->mss - payload : 0;
    size_t most = TCPIP_TCP_OPTIONS_MAX - tcpip_tcp_options_size(connection);

    if (room > most)
        room = most;
    return room > BLOCK_HEAD ? (unsigned)(room - BLOCK_HEAD) / BLOCK : 0;
}

static bool says_all(const struct tcpip_tcp_connection *connection,
                     const struct tcpip_tcp_outgoing *segment)
{
    return !TCPIP_TCP_AGREED(connection, SACK) || connection->reassembly.early.count == 0 ||
           segment->options.sack_count > 0;
}

static bool send(struct tcpip_tcp_connection *connection, struct tcpip_tcp_outgoing *segment)
{
    bool acknowledges = (segment->header.flags & TCPIP_TCP_ACK) != 0;

    if (TCPIP_TCP_AGREED(connection, SACK) && acknowledges)
        tcpip_tcp_sack_put(connection, &segment->options, room_for_blocks(connection, segment));
    if (!transmit(connection->host, segment))
        return false;
    TCPIP_TCP_COUNT(connection, segments_out, 1);
    if (TCPIP_TCP_AGREED(connection, TIMESTAMPS))
        tcpip_tcp_timestamps_sent(connection);
    if (acknowledges && says_all(connection, segment)) {
        connection->ack_now = false;
        connection->unacked_segments = 0;
        tcpip_tcp_disarm(connection, TCPIP_TCP_TIMER_DELAYED_ACK);
    }
    return true;
}

static bool send_control(struct tcpip_tcp_connection *connection, uint32_t sequence, unsigned flags)
{
    struct tcpip_tcp_outgoing segment;

    begin_segment(connection, &segment, sequence, flags);
    return send(connection, &segment);
}

void tcpip_tcp_send_syn(struct tcpip_tcp_connection *connection)
{
    bool answers = connection->state == TCPIP_TCP_SYN_RECEIVED;
    struct tcpip_tcp_outgoing segment;

    begin_segment(connection, &segment, connection->initial_sequence,
                  answers ? TCPIP_TCP_SYN | TCPIP_TCP_ACK : TCPIP_TCP_SYN);
    tcpip_tcp_syn_options(connection, &segment.options);
    connection->next = connection->highest = connection->initial_sequence + 1;
    if (!connection->syn_repeated)
        tcpip_tcp_rtt_start(connection, connection->initial_sequence);
    (void)send(connection, &segment); /* a SYN that found no frame is repeated by its timer */
    tcpip_tcp_retransmit_arm(connection);
}

/* A pure ACK carries SND.NXT, which after a time-out has been pulled back; the peer has seen more.
 */
void tcpip_tcp_send_ack(struct tcpip_tcp_connection *connection)
{
    (void)send_control(connection, connection->highest, TCPIP_TCP_ACK);
}

void tcpip_tcp_send_keep_alive(struct tcpip_tcp_connection *connection)
{
    (void)send_control(connection, connection->unacknowledged - 1, TCPIP_TCP_ACK);
}

void tcpip_tcp_send_reset(struct tcpip_tcp_connection *connection)
{
    TCPIP_TCP_HOST_COUNT(connection->host, reset_out, 1);
    (void)send_control(connection, connection->highest, TCPIP_TCP_RST | TCPIP_TCP_ACK);
}

void tcpip_tcp_challenge(struct tcpip_tcp_connection *connection)
{
    struct tcpip_tcp_host *host = connection->host;

    if (host->now - connection->challenge_window >= 1000) {
        connection->challenge_window = host->now;
        connection->challenges = 0;
    }
    if (connection->challenges >= host->config->challenge_limit)
        return;
    connection->challenges++;
    TCPIP_TCP_HOST_COUNT(host, challenges, 1);
    tcpip_tcp_send_ack(connection);
}

/* RFC 9293 section 3.10.7.1. */
void tcpip_tcp_refuse(struct tcpip_tcp_host *host, const struct tcpip_tcp_endpoints *endpoints,
                      const struct tcpip_tcp_segment *segment)
{
    struct tcpip_tcp_outgoing answer = {.ends = endpoints};
    const struct tcpip_tcp_header *header = &segment->header;

    if ((header->flags & TCPIP_TCP_RST) != 0)
        return;
    answer.header.source_port = endpoints->local_port;
    answer.header.destination_port = endpoints->remote_port;
    if ((header->flags & TCPIP_TCP_ACK) != 0) {
        answer.header.sequence = header->acknowledgement;
        answer.header.flags = TCPIP_TCP_RST;
    } else {
        answer.header.acknowledgement = header->sequence + (uint32_t)segment->payload_size +
                                        ((header->flags & TCPIP_TCP_SYN) != 0) +
                                        ((header->flags & TCPIP_TCP_FIN) != 0);
        answer.header.flags = TCPIP_TCP_RST | TCPIP_TCP_ACK;
    }
    TCPIP_TCP_HOST_COUNT(host, reset_out, 1);
    (void)transmit(host, &answer);
}

/* --- data ----------------------------------------------------------------------------------------- */

/* The sequence number behind the last byte; nothing counts that was written after the FIN had left. */
static uint32_t end_of_data(const struct tcpip_tcp_connection *connection)
{
    if (connection->fin_sent)
        return connection->highest - 1;
    return connection->unacknowledged + tcpip_ring_count(&connection->send);
}

/* A segment's share of the ring. */
struct piece {
    uint32_t start, length;
    unsigned flags; /* PSH: nothing is left behind it; FIN: that stands behind it */
};

/* How much of the sequence it takes: FIN counts as one. */
static uint32_t taken_by(const struct piece *piece)
{
    return piece->length + piece->flags % (TCPIP_TCP_FIN + 1);
}

/* What could go from `start` on, with so much room for it. FIN goes with the last byte. */
static struct piece piece_at(const struct tcpip_tcp_connection *connection, uint32_t start,
                             uint32_t room)
{
    uint32_t end = end_of_data(connection);
    uint32_t left = tcpip_sequence_before(start, end) ? end - start : 0;
    struct piece piece = {start, smaller(smaller(left, room), connection->mss), TCPIP_TCP_ACK};

    if (piece.length > 0 && piece.length == left)
        piece.flags |= TCPIP_TCP_PSH;
    if (connection->fin_queued && start + piece.length == end && room > piece.length)
        piece.flags |= TCPIP_TCP_FIN;
    return piece;
}

/* A segment has left: for the retransmission timer, and for what was not to be sent twice. */
static void note_sent(struct tcpip_tcp_connection *connection, const struct piece *piece)
{
    connection->last_sent = connection->host->now;
    if (connection->unacknowledged == connection->highest)
        tcpip_tcp_note_progress(connection);
    if (tcpip_sequence_before(piece->start, connection->highest)) {
        TCPIP_TCP_HOST_COUNT(connection->host, retransmitted, 1);
        TCPIP_TCP_COUNT(connection, retransmitted, 1);
        tcpip_tcp_rtt_spoilt(connection);
    } else {
        tcpip_tcp_rtt_start(connection, piece->start);
    }
    if ((piece->flags & TCPIP_TCP_FIN) != 0)
        connection->fin_sent = true;
    connection->highest = tcpip_sequence_max(connection->highest, piece->start + taken_by(piece));
}

static bool send_piece(struct tcpip_tcp_connection *connection, const struct piece *piece)
{
    struct tcpip_tcp_outgoing segment;

    begin_segment(connection, &segment, piece->start, piece->flags);
    if (piece->length > 0)
        tcpip_ring_peek(&connection->send, piece->start - connection->unacknowledged, piece->length,
                        segment.payload);
    if (!send(connection, &segment))
        return false;
    TCPIP_TCP_COUNT(connection, bytes_out, piece->length);
    note_sent(connection, piece);
    return true;
}

/* RFC 9293 section 3.8.6.2.1 and Nagle (3.7.4): is this segment worth sending now? */
static bool worth_sending(const struct tcpip_tcp_connection *connection, const struct piece *piece)
{
    bool idle = connection->next == connection->unacknowledged;

    if ((piece->flags & TCPIP_TCP_FIN) != 0 || piece->length >= connection->mss)
        return true;
    if (piece->length == 0)
        return false;
    if (tcpip_sequence_before(connection->next, connection->highest))
        return true; /* a repetition */
    if ((piece->flags & TCPIP_TCP_PSH) != 0 &&
        !tcpip_tcp_has_option(connection, TCPIP_TCP_HOLD_SMALL))
        return idle || tcpip_tcp_has_option(connection, TCPIP_TCP_NO_DELAY) ||
               connection->fin_queued;
    return connection->largest_window > 0 && piece->length >= connection->largest_window / 2;
}

/* Sends the piece that could go from `start` on, if it is worth it or `always`. Returns how much of the
 * sequence it takes, 0 when it was not sent. */
static uint32_t send_from(struct tcpip_tcp_connection *connection, uint32_t start, uint32_t room,
                          bool always)
{
    struct piece piece = piece_at(connection, start, room);

    if ((!always && !worth_sending(connection, &piece)) || !send_piece(connection, &piece))
        return 0;
    return taken_by(&piece);
}

/* Room in both windows behind what is in flight. */
static uint32_t usable_window(const struct tcpip_tcp_connection *connection)
{
    uint32_t window = smaller(connection->window, tcpip_tcp_congestion_allows(connection));
    uint32_t in_flight = connection->next - connection->unacknowledged;

    return window > in_flight ? window - in_flight : 0;
}

/* Sends the next segment if it may go. False: nothing was sent. */
static bool send_next(struct tcpip_tcp_connection *connection)
{
    uint32_t most = UINT32_MAX;

    if (!ipconfigUSE_TCP_WIN && connection->next != connection->unacknowledged)
        return false;
    tcpip_tcp_congestion_idle(connection);
    if (TCPIP_TCP_AGREED(connection, SACK))
        most = tcpip_tcp_sack_skip(connection, most);
    uint32_t sent = send_from(connection, connection->next,
                              smaller(usable_window(connection), most), false);
    if (sent == 0)
        return false;
    connection->next += sent;
    if (!tcpip_tcp_armed(connection, TCPIP_TCP_TIMER_RETRANSMIT))
        tcpip_tcp_retransmit_arm(connection);
    return true;
}

/* What there is more of is held until it fills a segment; nothing else keeps it. */
static bool held(const struct tcpip_tcp_connection *connection)
{
    if (!tcpip_tcp_has_option(connection, TCPIP_TCP_HOLD_SMALL) || connection->fin_queued)
        return false;
    uint32_t left = end_of_data(connection) - connection->next;
    return left < connection->mss && usable_window(connection) >= left;
}

/* Data or FIN that has not left, or holes to be filled. */
static bool has_more(const struct tcpip_tcp_connection *connection)
{
    uint32_t end = end_of_data(connection);

    return tcpip_sequence_before(connection->next, end) ||
           (connection->fin_queued && connection->next == end) ||
           (TCPIP_TCP_AGREED(connection, SACK) && connection->recovering);
}

/* Sends what may go. Returns whether something is left that only the persist timer will move. */
static bool send_all(struct tcpip_tcp_connection *connection)
{
    bool more;

    do
        more = has_more(connection);
    while (more && ((TCPIP_TCP_AGREED(connection, SACK) && tcpip_tcp_sack_repeat(connection)) ||
                    send_next(connection)));
    if (more && TCPIP_TCP_AGREED(connection, SACK))
        tcpip_tcp_sack_repeat_more(connection);
    return more && connection->next == connection->unacknowledged && !held(connection);
}

void tcpip_tcp_output(struct tcpip_tcp_connection *connection)
{
    if (tcpip_tcp_may_send_data(connection)) {
        if (send_all(connection)) {
            tcpip_tcp_persist_arm(connection);
        } else {
            tcpip_tcp_disarm(connection, TCPIP_TCP_TIMER_PERSIST);
            connection->probes = 0;
        }
    }
    if (connection->ack_now)
        tcpip_tcp_send_ack(connection);
}

uint32_t tcpip_tcp_send_again(struct tcpip_tcp_connection *connection, uint32_t start, uint32_t end)
{
    return start + send_from(connection, start, end - start, true);
}

/* One byte beyond a closed window, or what little an open one takes. SND.NXT stays, so that the
 * byte is not taken for one in flight; the peer may acknowledge it all the same. */
void tcpip_tcp_send_probe(struct tcpip_tcp_connection *connection)
{
    uint32_t room = connection->window > 0 ? connection->window : 1;

    (void)send_from(connection, connection->unacknowledged, room, true);
    tcpip_tcp_rtt_spoilt(connection);
}
