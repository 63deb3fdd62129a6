/* SPDX-License-Identifier: MIT */
/*
 * A segment arrives (RFC 9293 section 3.10.7), in the order of that text: sequence number, RST,
 * SYN, ACK, text, FIN; with the defences of RFC 5961. Each step returns whether the segment goes
 * on to the next. The urgent pointer is never looked at: urgent data is ordinary data here
 * (RFC 6093 asks applications to treat it so).
 */
#include "core/small_code.h"
#include "tcp/internal.h"

static bool has(const struct tcpip_tcp_segment *segment, unsigned flag)
{
    return (segment->header.flags & flag) != 0;
}

static void drop_flag(struct tcpip_tcp_segment *segment, unsigned flag)
{
    segment->header.flags = (uint8_t)(segment->header.flags & ~flag);
}

static void take_rest(struct tcpip_tcp_connection *connection, struct tcpip_tcp_segment *segment);

/* SYN-SENT, section 3.10.7.3. */
static void answer_to_syn(struct tcpip_tcp_connection *connection,
                          struct tcpip_tcp_segment *segment)
{
    uint32_t acknowledgement = segment->header.acknowledgement;

    if (has(segment, TCPIP_TCP_ACK) && acknowledgement != connection->initial_sequence + 1) {
        connection->host->environment->refused[TCPIP_TCP_REFUSED_SEQUENCE]++;
        tcpip_tcp_refuse(connection->host, &connection->ends, segment);
        return;
    }
    if (has(segment, TCPIP_TCP_RST)) {
        if (has(segment, TCPIP_TCP_ACK)) {
            TCPIP_TCP_HOST_COUNT(connection->host, reset_in, 1);
            tcpip_tcp_fail(connection, TCPIP_TCP_REFUSED);
        }
        return;
    }
    if (!has(segment, TCPIP_TCP_SYN))
        return;
    tcpip_tcp_learn_syn(connection, segment);
    if (has(segment, TCPIP_TCP_ACK)) {
        tcpip_tcp_established(connection, segment);
        connection->ack_now = true;
        segment->header.sequence++;
        take_rest(connection, segment);
    } else { /* simultaneous open */
        connection->state = TCPIP_TCP_SYN_RECEIVED;
        connection->retries = 0;
        tcpip_tcp_send_syn(connection);
    }
}

/* RFC 7323 section 5.3: before all else, is it older than what was seen already? */
static bool check_stamp(struct tcpip_tcp_connection *connection,
                        const struct tcpip_tcp_segment *segment)
{
    if (!TCPIP_TCP_AGREED(connection, TIMESTAMPS) || has(segment, TCPIP_TCP_RST | TCPIP_TCP_SYN))
        return true;
    if (!segment->options.has_timestamps) { /* section 3.2 */
        connection->host->environment->refused[TCPIP_TCP_REFUSED_SEQUENCE]++;
        return false;
    }
    if (tcpip_tcp_timestamps_pass(connection, &segment->options))
        return true;
    connection->host->environment->refused[TCPIP_TCP_REFUSED_SEQUENCE]++;
    tcpip_tcp_challenge(connection);
    return false;
}

/* First step: is any of it inside the window? A segment without length may also stand at the right
 * edge: it is what a peer sends that has filled the window. What is expected is always right, also
 * at a closed window: ACK and RST are to be seen (MUST-66). */
static bool acceptable(const struct tcpip_tcp_connection *connection,
                       const struct tcpip_tcp_segment *segment)
{
    uint32_t length = segment->payload_size + has(segment, TCPIP_TCP_SYN) +
                      has(segment, TCPIP_TCP_FIN);
    uint32_t start = segment->header.sequence;

    return start == connection->expected ||
           (tcpip_sequence_after(start + length, connection->expected) &&
            tcpip_sequence_at_most(start + (length > 0), connection->advertised));
}

/* Whatever is not in the window is answered with an ACK that says where the window is. As many as a
 * second may have: whoever repeats old segments needs to hear it once, and whoever floods us must
 * not have us flood the peer. */
static bool check_sequence(struct tcpip_tcp_connection *connection,
                           const struct tcpip_tcp_segment *segment)
{
    if (acceptable(connection, segment)) {
        if (TCPIP_TCP_AGREED(connection, TIMESTAMPS) &&
            !has(segment, TCPIP_TCP_RST | TCPIP_TCP_SYN))
            tcpip_tcp_timestamps_learn(connection, segment->header.sequence, &segment->options);
        return true;
    }
    connection->host->environment->refused[TCPIP_TCP_REFUSED_SEQUENCE]++;
    if (has(segment, TCPIP_TCP_RST))
        return false;
    if (connection->state == TCPIP_TCP_TIME_WAIT && has(segment, TCPIP_TCP_FIN))
        tcpip_tcp_arm(connection, TCPIP_TCP_TIMER_LIFETIME, connection->host->config->time_wait);
    tcpip_tcp_challenge(connection);
    return false;
}

/* Second step, with RFC 5961 section 3: only the exact sequence number resets. */
static bool check_reset(struct tcpip_tcp_connection *connection,
                        const struct tcpip_tcp_segment *segment)
{
    if (!has(segment, TCPIP_TCP_RST))
        return true;
    if (segment->header.sequence != connection->expected) {
        tcpip_tcp_challenge(connection);
        return false;
    }
    TCPIP_TCP_HOST_COUNT(connection->host, reset_in, 1);
    if (connection->state == TCPIP_TCP_SYN_RECEIVED)
        tcpip_tcp_fail(connection, TCPIP_TCP_REFUSED);
    else
        tcpip_tcp_fail(connection, TCPIP_TCP_RESET);
    return false;
}

/* Fourth step, with RFC 5961 section 4. */
static bool check_syn(struct tcpip_tcp_connection *connection,
                      const struct tcpip_tcp_segment *segment)
{
    if (!has(segment, TCPIP_TCP_SYN))
        return true;
    if (connection->state == TCPIP_TCP_SYN_RECEIVED && connection->passive)
        tcpip_tcp_fail(connection, TCPIP_TCP_REFUSED); /* back to LISTEN */
    else
        tcpip_tcp_challenge(connection);
    return false;
}

/* A SYN that we have already seen, in SYN-RECEIVED: ours was lost, or both opened at once. */
static bool repeated_syn(struct tcpip_tcp_connection *connection, struct tcpip_tcp_segment *segment)
{
    if (connection->state != TCPIP_TCP_SYN_RECEIVED || !has(segment, TCPIP_TCP_SYN) ||
        segment->header.sequence != connection->expected - 1)
        return false;
    if (!has(segment, TCPIP_TCP_ACK)) {
        connection->syn_repeated = true;
        connection->rtt_timing = false;
        tcpip_tcp_send_syn(connection);
        return true;
    }
    drop_flag(segment, TCPIP_TCP_SYN);
    segment->header.sequence++;
    return false;
}

static void acknowledge_new(struct tcpip_tcp_connection *connection,
                            const struct tcpip_tcp_segment *segment)
{
    uint32_t acknowledgement = segment->header.acknowledgement;
    bool fin = connection->fin_sent && acknowledgement == connection->highest;
    uint32_t count = acknowledgement - connection->unacknowledged - fin;

    tcpip_ring_drop(&connection->send, count);
    if (count > 0)
        connection->events |= TCPIP_TCP_EVENT_WRITABLE;
    connection->unacknowledged = acknowledgement;
    connection->next = tcpip_sequence_max(connection->next, acknowledgement);
    connection->retries = 0;
    tcpip_tcp_note_progress(connection);
    tcpip_tcp_rtt_acknowledged(connection, segment);
    tcpip_tcp_congestion_acknowledged(connection, count);
    if (fin)
        tcpip_tcp_own_fin_acknowledged(connection);
}

/* Asked when something is in flight: the answer to a probe of the window is none.
 * The definitions of a duplicate: RFC 6675 section 2 where the peer reports what has arrived, else
 * RFC 5681 section 2. */
static bool is_duplicate(struct tcpip_tcp_connection *connection,
                         const struct tcpip_tcp_segment *segment)
{
    if (TCPIP_TCP_AGREED(connection, SACK))
        return tcpip_tcp_sack_learn(connection, &segment->options);
    return segment->payload_size == 0 && !has(segment, TCPIP_TCP_FIN) &&
           tcpip_tcp_window_of(connection, &segment->header) == connection->window;
}

/* Fifth step for SYN-RECEIVED. */
static bool finish_handshake(struct tcpip_tcp_connection *connection,
                             const struct tcpip_tcp_segment *segment)
{
    if (segment->header.acknowledgement != connection->initial_sequence + 1) {
        connection->host->environment->refused[TCPIP_TCP_REFUSED_SEQUENCE]++;
        tcpip_tcp_refuse(connection->host, &connection->ends, segment);
        return false;
    }
    if (!tcpip_tcp_child_established(connection))
        return false;
    tcpip_tcp_established(connection, segment);
    return true;
}

/* Fifth step; RFC 5961 section 5 bounds how old an acknowledgement may be. */
static bool check_ack(struct tcpip_tcp_connection *connection,
                      const struct tcpip_tcp_segment *segment)
{
    uint32_t acknowledgement = segment->header.acknowledgement;

    if (tcpip_sequence_after(acknowledgement, connection->highest) ||
        tcpip_sequence_before(acknowledgement,
                              connection->unacknowledged - connection->largest_window)) {
        connection->host->environment->refused[TCPIP_TCP_REFUSED_SEQUENCE]++;
        tcpip_tcp_challenge(connection);
        return false;
    }
    connection->unanswered = 0;
    if (tcpip_sequence_after(acknowledgement, connection->unacknowledged)) {
        acknowledge_new(connection, segment);
        if (TCPIP_TCP_AGREED(connection, SACK))
            (void)tcpip_tcp_sack_learn(connection, &segment->options);
    } else if (acknowledgement == connection->unacknowledged &&
               acknowledgement != connection->next && is_duplicate(connection, segment)) {
        tcpip_tcp_congestion_duplicate(connection);
    }
    if (tcpip_sequence_at_least(acknowledgement, connection->unacknowledged))
        tcpip_tcp_window_learn(connection, &segment->header);
    return true;
}

/* Cuts off what was received before and what does not fit into the window. FIN needs no room. */
static void trim(struct tcpip_tcp_connection *connection, struct tcpip_tcp_segment *segment)
{
    uint32_t old = connection->expected - segment->header.sequence;
    uint32_t room; /* first the right edge, then the distance to it */

    if (tcpip_sequence_before(segment->header.sequence, connection->expected)) {
        connection->ack_now = true;
        old = old < segment->payload_size ? old : segment->payload_size;
        segment->payload += old;
        segment->payload_size -= old;
        segment->header.sequence += old;
    }
    room = connection->advertised;
    if (connection->reassembly.has_fin)
        room = tcpip_sequence_min(room, connection->reassembly.fin);
    room = tcpip_sequence_before(segment->header.sequence, room) ? room - segment->header.sequence
                                                                 : 0;
    if (segment->payload_size > room) {
        connection->ack_now = true;
        segment->payload_size = room;
        drop_flag(segment, TCPIP_TCP_FIN);
    }
}

/* RFC 9293 section 3.8.6.3, RFC 5681 section 4.2: every second segment, and what is out of order,
 * is acknowledged at once. */
static void owe_ack(struct tcpip_tcp_connection *connection, bool in_order)
{
    if (!in_order || ++connection->unacked_segments >= 2 ||
        tcpip_tcp_has_option(connection, TCPIP_TCP_NO_DELAYED_ACK))
        connection->ack_now = true;
    else if (!tcpip_tcp_armed(connection, TCPIP_TCP_TIMER_DELAYED_ACK))
        tcpip_tcp_arm(connection, TCPIP_TCP_TIMER_DELAYED_ACK,
                      connection->host->config->delayed_ack);
}

/* Seventh step. False: nobody will read it, the connection is reset. */
static bool take_text(struct tcpip_tcp_connection *connection,
                      const struct tcpip_tcp_segment *segment)
{
    bool holes = connection->reassembly.early.count > 0;
    uint32_t before = connection->expected;

    if (segment->payload_size == 0)
        return true;
    if (connection->closed_by_owner) { /* RFC 1122 section 4.2.2.13 */
        tcpip_tcp_send_reset(connection);
        tcpip_tcp_fail(connection, TCPIP_TCP_ABORTED);
        return false;
    }
    connection->expected = tcpip_reassembly_take(&connection->reassembly, &connection->receive,
                                                 before, segment->header.sequence, segment->payload,
                                                 segment->payload_size);
    if (connection->expected != before)
        connection->events |= TCPIP_TCP_EVENT_READABLE;
    else if (TCPIP_TCP_AGREED(connection, SACK))
        tcpip_tcp_sack_note(connection, segment->header.sequence);
    TCPIP_TCP_HOST_COUNT(connection->host, bytes_in, connection->expected - before);
    TCPIP_TCP_COUNT(connection, bytes_in, connection->expected - before);
    owe_ack(connection, connection->expected != before && !holes);
    return true;
}

/* Eighth step. */
static void take_fin(struct tcpip_tcp_connection *connection,
                     const struct tcpip_tcp_segment *segment)
{
    if (has(segment, TCPIP_TCP_FIN)) {
        tcpip_reassembly_fin(&connection->reassembly,
                             segment->header.sequence + segment->payload_size);
        connection->ack_now = true;
    }
    if (!connection->reassembly.has_fin || connection->reassembly.fin != connection->expected)
        return;
    connection->expected++;
    connection->advertised = tcpip_sequence_max(connection->advertised, connection->expected);
    connection->ack_now = true;
    tcpip_tcp_peer_fin(connection);
}

/* From the sixth step on: text and FIN, and what there is to say to it. */
static void take_rest(struct tcpip_tcp_connection *connection, struct tcpip_tcp_segment *segment)
{
    if (tcpip_tcp_may_receive_data(connection)) {
        trim(connection, segment);
        if (!take_text(connection, segment))
            return;
        take_fin(connection, segment);
    }
    if (connection->state != TCPIP_TCP_CLOSED)
        tcpip_tcp_output(connection);
}

/* What nearly every segment is, data in order or a mere acknowledgement: the first four steps would
 * let it pass and change nothing (Van Jacobson's header prediction). */
static bool is_ordinary(const struct tcpip_tcp_connection *connection,
                        const struct tcpip_tcp_segment *segment)
{
    return !TCPIP_SMALL_CODE && connection->state == TCPIP_TCP_ESTABLISHED &&
           segment->header.sequence == connection->expected &&
           (segment->header.flags & (TCPIP_TCP_ACK | TCPIP_TCP_RST | TCPIP_TCP_SYN)) ==
               TCPIP_TCP_ACK &&
           !TCPIP_TCP_AGREED(connection, TIMESTAMPS);
}

/* The first four steps. */
static bool passes(struct tcpip_tcp_connection *connection, struct tcpip_tcp_segment *segment)
{
    if (repeated_syn(connection, segment) || !check_stamp(connection, segment) ||
        !check_sequence(connection, segment) || !check_reset(connection, segment) ||
        !check_syn(connection, segment))
        return false;
    if (!has(segment, TCPIP_TCP_ACK)) {
        connection->host->environment->refused[TCPIP_TCP_REFUSED_SEQUENCE]++;
        return false;
    }
    return connection->state != TCPIP_TCP_SYN_RECEIVED || finish_handshake(connection, segment);
}

/* The states from SYN-RECEIVED on, section 3.10.7.4. */
static void synchronized(struct tcpip_tcp_connection *connection, struct tcpip_tcp_segment *segment)
{
    if (!is_ordinary(connection, segment) && !passes(connection, segment))
        return;
    if (!check_ack(connection, segment))
        return;
    connection->last_heard = connection->host->now;
    take_rest(connection, segment);
}

/* RFC 9293 MAY-2: a SYN beyond everything received before opens TIME-WAIT's addresses anew; SHLD-4,
 * RFC 6191: so does one with a newer time stamp. */
static bool reopens(const struct tcpip_tcp_connection *connection,
                    const struct tcpip_tcp_segment *segment)
{
    if (connection->state != TCPIP_TCP_TIME_WAIT || !connection->closed_by_owner ||
        (segment->header.flags & (TCPIP_TCP_SYN | TCPIP_TCP_RST | TCPIP_TCP_ACK)) != TCPIP_TCP_SYN)
        return false;
    if (TCPIP_TCP_AGREED(connection, TIMESTAMPS) && segment->options.has_timestamps &&
        tcpip_tcp_timestamps_newer(connection, &segment->options))
        return true;
    return tcpip_sequence_after(segment->header.sequence, connection->expected);
}

/* CLOSED and LISTEN, sections 3.10.7.1 and 3.10.7.2. */
static void unconnected(struct tcpip_tcp_host *host, const struct tcpip_tcp_endpoints *endpoints,
                        const struct tcpip_tcp_segment *segment)
{
    struct tcpip_tcp_listener *listener = tcpip_tcp_find_listener(host, &endpoints->local,
                                                                  endpoints->local_port);
    unsigned flags = segment->header.flags;

    if ((flags & TCPIP_TCP_RST) != 0) {
        host->environment->refused[TCPIP_TCP_REFUSED_CONNECTION]++;
        return;
    }
    if (listener == NULL || (flags & TCPIP_TCP_ACK) != 0) {
        host->environment->refused[TCPIP_TCP_REFUSED_CONNECTION]++;
        if (!host->config->silent)
            tcpip_tcp_refuse(host, endpoints, segment);
        return;
    }
    if ((flags & TCPIP_TCP_SYN) != 0)
        tcpip_tcp_passive_open(listener, endpoints, segment);
}

void tcpip_tcp_input(struct tcpip_tcp_host *host, const struct tcpip_tcp_endpoints *ends,
                     struct tcpip_tcp_segment *segment)
{
    struct tcpip_tcp_connection *connection = tcpip_tcp_find(host, ends);

    TCPIP_TCP_HOST_COUNT(host, segments_in, 1);
    if (connection != NULL)
        TCPIP_TCP_COUNT(connection, segments_in, 1);
    if (connection != NULL && reopens(connection, segment)) {
        tcpip_tcp_destroy(connection);
        connection = NULL;
    }
    if (connection == NULL) {
        unconnected(host, ends, segment);
        return;
    }
    if (connection->state == TCPIP_TCP_SYN_SENT)
        answer_to_syn(connection, segment);
    else
        synchronized(connection, segment);
    tcpip_tcp_settle(connection);
}
