/* SPDX-License-Identifier: MIT */
/*
 * What the files of the TCP engine owe each other; nobody else includes this.
 *
 * Every entry from outside ends in tcpip_tcp_settle(), which delivers events or frees the
 * connection: below it nobody may touch the connection again, above it nobody frees one.
 */
#pragma once

#include "tcp/sequence.h"
#include "tcp/tcp.h"

/* Whether both SYNs had the option. A constant where the engine is built without it, so that what
 * depends on it, functions that are not there included, is left out even without optimization. */
#define TCPIP_TCP_AGREED(connection, option)                                                       \
    (TCPIP_TCP_HAS_##option && ((connection)->agreed & TCPIP_TCP_AGREED_##option) != 0)
#define TCPIP_TCP_HAS_SCALING    ipconfigUSE_TCP_WINDOW_SCALING
#define TCPIP_TCP_HAS_TIMESTAMPS ipconfigUSE_TCP_TIMESTAMPS
#define TCPIP_TCP_HAS_SACK       ipconfigUSE_TCP_SACK

/* Counts in the statistics of a connection, or of all, if there are any. */
#if ipconfigUSE_TCP_STATISTICS
#define TCPIP_TCP_HOST_COUNT(host, member, by)  ((void)((host)->counters.member += (by)))
#define TCPIP_TCP_COUNT(connection, member, by) ((void)((connection)->traffic.member += (by)))
#else
#define TCPIP_TCP_HOST_COUNT(host, member, by)  ((void)(host))
#define TCPIP_TCP_COUNT(connection, member, by) ((void)(connection))
#endif

/* An option that the owner may have set. */
/*@ requires \valid_read(connection);
    assigns \nothing; */
static inline bool tcpip_tcp_has_option(const struct tcpip_tcp_connection *connection,
                                        enum tcpip_tcp_option_flag flag)
{
    const unsigned more = TCPIP_TCP_STOP_RECEIVE | TCPIP_TCP_HOLD_SMALL;

    return (ipconfigUSE_TCP_MORE_OPTIONS || (flag & more) == 0) &&
           (connection->options & flag) != 0;
}

/* connection.c: making, finding and freeing. */
struct tcpip_tcp_connection *tcpip_tcp_create(struct tcpip_tcp_host *host,
                                              const struct tcpip_tcp_endpoints *endpoints,
                                              const struct tcpip_tcp_settings *settings);
struct tcpip_tcp_connection *tcpip_tcp_find(struct tcpip_tcp_host *host,
                                            const struct tcpip_tcp_endpoints *endpoints);
bool tcpip_tcp_allocate_rings(struct tcpip_tcp_connection *connection);
void tcpip_tcp_release_rings(struct tcpip_tcp_connection *connection);
void tcpip_tcp_destroy(struct tcpip_tcp_connection *connection);
void tcpip_tcp_settle(struct tcpip_tcp_connection *connection);

/* listen.c: a SYN for a listener; a child that finished its handshake. */
void tcpip_tcp_passive_open(struct tcpip_tcp_listener *listener,
                            const struct tcpip_tcp_endpoints *endpoints,
                            const struct tcpip_tcp_segment *segment);
/* False: no room at the listener, or no memory; the ACK is to be ignored. */
bool tcpip_tcp_child_established(struct tcpip_tcp_connection *connection);
/* Of its listener, or of those in TIME-WAIT. */
void tcpip_tcp_leave_list(struct tcpip_tcp_connection *connection);

/* state.c: transitions. */
/* By a segment that acknowledges our SYN. */
void tcpip_tcp_established(struct tcpip_tcp_connection *connection,
                           const struct tcpip_tcp_segment *segment);
void tcpip_tcp_fail(struct tcpip_tcp_connection *connection, enum tcpip_tcp_error error);
/* Without an error. */
void tcpip_tcp_to_closed(struct tcpip_tcp_connection *connection);
void tcpip_tcp_own_fin_acknowledged(struct tcpip_tcp_connection *connection);
void tcpip_tcp_peer_fin(struct tcpip_tcp_connection *connection);
void tcpip_tcp_queue_fin(struct tcpip_tcp_connection *connection);

/* Of a set of states, a bit each. */
/*@ requires \valid_read(connection) && connection->state <= TCPIP_TCP_TIME_WAIT;
    assigns \nothing; */
static inline bool tcpip_tcp_in_state(const struct tcpip_tcp_connection *connection,
                                      unsigned states)
{
    return (states >> connection->state & 1u) != 0;
}

/* In FIN-WAIT-1 and the later ones, what was queued before the FIN. */
/*@ requires \valid_read(connection) && connection->state <= TCPIP_TCP_TIME_WAIT;
    assigns \nothing; */
static inline bool tcpip_tcp_may_send_data(const struct tcpip_tcp_connection *connection)
{
    return tcpip_tcp_in_state(connection, 1u << TCPIP_TCP_ESTABLISHED | 1u << TCPIP_TCP_CLOSE_WAIT |
                                              1u << TCPIP_TCP_FIN_WAIT_1 | 1u << TCPIP_TCP_CLOSING |
                                              1u << TCPIP_TCP_LAST_ACK);
}

/*@ requires \valid_read(connection) && connection->state <= TCPIP_TCP_TIME_WAIT;
    assigns \nothing; */
static inline bool tcpip_tcp_may_receive_data(const struct tcpip_tcp_connection *connection)
{
    return tcpip_tcp_in_state(connection, 1u << TCPIP_TCP_ESTABLISHED | 1u << TCPIP_TCP_FIN_WAIT_1 |
                                              1u << TCPIP_TCP_FIN_WAIT_2);
}

/* options.c: what our SYN offers and what the peer's says. */
void tcpip_tcp_syn_options(const struct tcpip_tcp_connection *connection,
                           struct tcpip_tcp_options *options);
void tcpip_tcp_learn_syn(struct tcpip_tcp_connection *connection,
                         const struct tcpip_tcp_segment *segment);
/* Bytes that the options of every segment take. */
unsigned tcpip_tcp_options_size(const struct tcpip_tcp_connection *connection);

/* output.c: segments. */
void tcpip_tcp_output(struct tcpip_tcp_connection *connection);
void tcpip_tcp_send_syn(struct tcpip_tcp_connection *connection);
void tcpip_tcp_send_ack(struct tcpip_tcp_connection *connection);
void tcpip_tcp_send_reset(struct tcpip_tcp_connection *connection);
/* One segment again, of what is in flight in [start, end). Returns its end; `start` when it could
 * not be sent. */
uint32_t tcpip_tcp_send_again(struct tcpip_tcp_connection *connection, uint32_t start,
                              uint32_t end);
void tcpip_tcp_send_probe(struct tcpip_tcp_connection *connection);
void tcpip_tcp_send_keep_alive(struct tcpip_tcp_connection *connection);
/* The answer to a segment that belongs to no connection. */
void tcpip_tcp_refuse(struct tcpip_tcp_host *host, const struct tcpip_tcp_endpoints *endpoints,
                      const struct tcpip_tcp_segment *segment);
/* RFC 5961: an ACK that makes the true peer speak up, at most so many a second. */
void tcpip_tcp_challenge(struct tcpip_tcp_connection *connection);

/* retransmit.c */
/* For the user time-out: the oldest unacknowledged data is a new one. */
/*@ requires \valid(connection) && \valid_read(connection->host);
    assigns connection->stalled; */
static inline void tcpip_tcp_note_progress(struct tcpip_tcp_connection *connection)
{
    if (ipconfigUSE_TCP_MORE_OPTIONS)
        connection->stalled = connection->host->now;
}

void tcpip_tcp_rtt_start(struct tcpip_tcp_connection *connection, uint32_t sequence);
void tcpip_tcp_rtt_acknowledged(struct tcpip_tcp_connection *connection,
                                const struct tcpip_tcp_segment *segment);
/* Something was sent again: what is being measured says nothing any more (Karn). */
void tcpip_tcp_rtt_spoilt(struct tcpip_tcp_connection *connection);
/* The retransmission time-out, in ms, within its bounds. */
void tcpip_tcp_rto_set(struct tcpip_tcp_connection *connection, uint32_t time);
void tcpip_tcp_retransmit_arm(struct tcpip_tcp_connection *connection);
void tcpip_tcp_retransmit_due(struct tcpip_tcp_connection *connection);

/* window.c: what we offer, what the peer offers. */
/*@ // How wide the window is that the peer knows; it never is wider than the ring has room.
    logic integer tcpip_tcp_offered{L}(struct tcpip_tcp_connection *connection) =
        tcpip_way(connection->expected, connection->advertised);

    predicate tcpip_tcp_window_sound{L}(struct tcpip_tcp_connection *connection) =
        tcpip_ring_counted(&connection->receive) && connection->receive_shift <= 14 &&
        tcpip_tcp_offered(connection) <=
            connection->receive.size - tcpip_ring_fill(&connection->receive); */
/*@ requires \valid(connection) && tcpip_tcp_window_sound(connection);
    assigns connection->advertised, connection->held;
    ensures tcpip_tcp_window_sound(connection);
    ensures tcpip_way(\old(connection->advertised), connection->advertised) <= 0x7fffffff;
    ensures tcpip_tcp_offered(connection) >= \old(tcpip_tcp_offered(connection)); */
uint16_t tcpip_tcp_offer_window(struct tcpip_tcp_connection *connection, bool in_syn);
/*@ requires \valid(connection) && tcpip_tcp_window_sound(connection);
    assigns connection->held; */
bool tcpip_tcp_window_update_due(struct tcpip_tcp_connection *connection);
/* What the field of a segment says, in bytes. */
/*@ requires \valid_read(connection) && \valid_read(header) && connection->send_shift <= 14;
    assigns \nothing; */
static inline uint32_t tcpip_tcp_window_of(const struct tcpip_tcp_connection *connection,
                                           const struct tcpip_tcp_header *header)
{
    if (!ipconfigUSE_TCP_WINDOW_SCALING || (header->flags & TCPIP_TCP_SYN) != 0)
        return header->window;
    return (uint32_t)header->window << connection->send_shift;
}

/*@ requires \valid(connection) && \valid_read(header) && connection->send_shift <= 14;
    requires \separated(connection, header);
    assigns connection->window, connection->window_sequence, connection->window_acknowledgement,
            connection->largest_window, connection->events;
    ensures connection->largest_window >= \old(connection->largest_window); */
void tcpip_tcp_window_learn(struct tcpip_tcp_connection *connection,
                            const struct tcpip_tcp_header *header);
/* persist.c */
void tcpip_tcp_persist_arm(struct tcpip_tcp_connection *connection);
void tcpip_tcp_persist_due(struct tcpip_tcp_connection *connection);

/* congestion.c: RFC 5681, RFC 6582. */
void tcpip_tcp_congestion_init(struct tcpip_tcp_connection *connection);
void tcpip_tcp_congestion_acknowledged(struct tcpip_tcp_connection *connection, uint32_t count);
void tcpip_tcp_congestion_duplicate(struct tcpip_tcp_connection *connection);
void tcpip_tcp_congestion_timeout(struct tcpip_tcp_connection *connection);
void tcpip_tcp_congestion_idle(struct tcpip_tcp_connection *connection);
uint32_t tcpip_tcp_congestion_allows(const struct tcpip_tcp_connection *connection);

/* timestamps.c: RFC 7323; called where both ends agreed on it only. */
void tcpip_tcp_timestamps_init(struct tcpip_tcp_connection *connection,
                               const struct tcpip_tcp_endpoints *endpoints);
void tcpip_tcp_timestamps_agree(struct tcpip_tcp_connection *connection,
                                const struct tcpip_tcp_options *syn);
void tcpip_tcp_timestamps_put(const struct tcpip_tcp_connection *connection,
                              struct tcpip_tcp_options *options);
void tcpip_tcp_timestamps_sent(struct tcpip_tcp_connection *connection);
bool tcpip_tcp_timestamps_pass(const struct tcpip_tcp_connection *connection,
                               const struct tcpip_tcp_options *options);
bool tcpip_tcp_timestamps_newer(const struct tcpip_tcp_connection *connection,
                                const struct tcpip_tcp_options *options);
void tcpip_tcp_timestamps_learn(struct tcpip_tcp_connection *connection, uint32_t sequence,
                                const struct tcpip_tcp_options *options);
bool tcpip_tcp_timestamps_measure(const struct tcpip_tcp_connection *connection,
                                  const struct tcpip_tcp_options *options, uint32_t *sample);

/* sack.c: RFC 2018 and RFC 6675; called where both ends agreed on it only. */
void tcpip_tcp_sack_note(struct tcpip_tcp_connection *connection, uint32_t sequence);
void tcpip_tcp_sack_put(const struct tcpip_tcp_connection *connection,
                        struct tcpip_tcp_options *options, unsigned most);
bool tcpip_tcp_sack_learn(struct tcpip_tcp_connection *connection,
                          const struct tcpip_tcp_options *options);
void tcpip_tcp_sack_acknowledged(struct tcpip_tcp_connection *connection);
void tcpip_tcp_sack_forget(struct tcpip_tcp_connection *connection);
bool tcpip_tcp_sack_first_is_lost(const struct tcpip_tcp_connection *connection);
void tcpip_tcp_sack_recover(struct tcpip_tcp_connection *connection);
/* What may be sent in recovery: nothing, or at least a segment. */
uint32_t tcpip_tcp_sack_room(const struct tcpip_tcp_connection *connection);
bool tcpip_tcp_sack_repeat(struct tcpip_tcp_connection *connection);
void tcpip_tcp_sack_repeat_more(struct tcpip_tcp_connection *connection);
uint32_t tcpip_tcp_sack_skip(struct tcpip_tcp_connection *connection, uint32_t length);

/* timer.c */
/* Its timer has fired: does what is due. */
void tcpip_tcp_due(void *connection);
void tcpip_tcp_arm(struct tcpip_tcp_connection *connection, enum tcpip_tcp_timer timer,
                   uint32_t delay);
void tcpip_tcp_disarm_all(struct tcpip_tcp_connection *connection);
void tcpip_tcp_keep_alive_arm(struct tcpip_tcp_connection *connection);

/* The place in the heap stays: it is let go when its time has come. */
/*@ requires \valid(connection) && 0 <= timer < TCPIP_TCP_TIMERS;
    assigns connection->armed; */
static inline void tcpip_tcp_disarm(struct tcpip_tcp_connection *connection,
                                    enum tcpip_tcp_timer timer)
{
    connection->armed = (uint8_t)(connection->armed & ~(1u << timer));
}

/*@ requires \valid_read(connection) && 0 <= timer < TCPIP_TCP_TIMERS;
    assigns \nothing; */
static inline bool tcpip_tcp_armed(const struct tcpip_tcp_connection *connection,
                                   enum tcpip_tcp_timer timer)
{
    return (connection->armed & 1u << timer) != 0;
}
