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

/* connection.c: making, finding and freeing. */
struct tcpip_tcp_connection *tcpip_tcp_create(struct tcpip_tcp_host *host,
                                              const struct tcpip_tcp_endpoints *endpoints);
struct tcpip_tcp_connection *tcpip_tcp_find(const struct tcpip_tcp_host *host,
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
void tcpip_tcp_leave_listener(struct tcpip_tcp_connection *connection);

/* state.c: transitions. */
void tcpip_tcp_established(struct tcpip_tcp_connection *connection);
void tcpip_tcp_fail(struct tcpip_tcp_connection *connection, enum tcpip_tcp_error error);
/* Its time is over: CLOSED, without an error. */
void tcpip_tcp_lifetime_over(struct tcpip_tcp_connection *connection);
void tcpip_tcp_own_fin_acknowledged(struct tcpip_tcp_connection *connection);
void tcpip_tcp_peer_fin(struct tcpip_tcp_connection *connection);
void tcpip_tcp_queue_fin(struct tcpip_tcp_connection *connection);
bool tcpip_tcp_may_send_data(const struct tcpip_tcp_connection *connection);
bool tcpip_tcp_may_receive_data(const struct tcpip_tcp_connection *connection);

/* options.c: what our SYN offers and what the peer's means. */
void tcpip_tcp_syn_options(const struct tcpip_tcp_connection *connection,
                           struct tcpip_tcp_options *options);
void tcpip_tcp_accept_options(struct tcpip_tcp_connection *connection,
                              const struct tcpip_tcp_options *options);

/* output.c: segments. */
void tcpip_tcp_output(struct tcpip_tcp_connection *connection);
void tcpip_tcp_send_syn(struct tcpip_tcp_connection *connection);
void tcpip_tcp_send_ack(struct tcpip_tcp_connection *connection);
void tcpip_tcp_send_reset(struct tcpip_tcp_connection *connection);
void tcpip_tcp_send_oldest(struct tcpip_tcp_connection *connection); /* one segment, again */
void tcpip_tcp_send_probe(struct tcpip_tcp_connection *connection);
void tcpip_tcp_send_keep_alive(struct tcpip_tcp_connection *connection);
/* The answer to a segment that belongs to no connection. */
void tcpip_tcp_refuse(struct tcpip_tcp_host *host, const struct tcpip_tcp_endpoints *endpoints,
                      const struct tcpip_tcp_segment *segment);
/* RFC 5961: an ACK that makes the true peer speak up, at most so many a second. */
void tcpip_tcp_challenge(struct tcpip_tcp_connection *connection);

/* retransmit.c */
void tcpip_tcp_rtt_init(struct tcpip_tcp_connection *connection);
void tcpip_tcp_rtt_start(struct tcpip_tcp_connection *connection, uint32_t sequence);
void tcpip_tcp_rtt_acknowledged(struct tcpip_tcp_connection *connection, uint32_t acknowledgement);
void tcpip_tcp_retransmit_arm(struct tcpip_tcp_connection *connection);
void tcpip_tcp_retransmit_due(struct tcpip_tcp_connection *connection);

/* window.c: what we offer, what the peer offers, probing a closed window. */
uint16_t tcpip_tcp_offer_window(struct tcpip_tcp_connection *connection);
bool tcpip_tcp_window_update_due(struct tcpip_tcp_connection *connection);
bool tcpip_tcp_window_learn(struct tcpip_tcp_connection *connection,
                            const struct tcpip_tcp_header *header);
void tcpip_tcp_persist_arm(struct tcpip_tcp_connection *connection);
void tcpip_tcp_persist_due(struct tcpip_tcp_connection *connection);

/* congestion.c: RFC 5681, RFC 6582. */
void tcpip_tcp_congestion_init(struct tcpip_tcp_connection *connection);
void tcpip_tcp_congestion_acknowledged(struct tcpip_tcp_connection *connection, uint32_t count);
void tcpip_tcp_congestion_duplicate(struct tcpip_tcp_connection *connection);
void tcpip_tcp_congestion_timeout(struct tcpip_tcp_connection *connection);
void tcpip_tcp_congestion_idle(struct tcpip_tcp_connection *connection);
uint32_t tcpip_tcp_congestion_allows(const struct tcpip_tcp_connection *connection);

/* timer.c */
void tcpip_tcp_arm(struct tcpip_tcp_connection *connection, enum tcpip_tcp_timer timer,
                   uint32_t delay);
void tcpip_tcp_disarm(struct tcpip_tcp_connection *connection, enum tcpip_tcp_timer timer);
void tcpip_tcp_disarm_all(struct tcpip_tcp_connection *connection);
bool tcpip_tcp_armed(const struct tcpip_tcp_connection *connection, enum tcpip_tcp_timer timer);
