/* SPDX-License-Identifier: MIT */
/*
 * The state machine, one script per claim; each names the clause of RFC 9293 (or another RFC) that
 * it shows. In a script the connection's own port is 80 and the peer's 4000.
 */
#include "tcp_script.h"

#include <string.h>

static struct script s;

#define BEGIN() script_init(&s, NULL)
#define END()   script_deinit(&s)

/* --- opening ------------------------------------------------------------------------------- */

TEST(active_open_sends_syn_and_acknowledges) /* 3.5 figure 6 */
{
    BEGIN();
    script_established(&s, 0);
    CHECK((s.events & TCPIP_TCP_EVENT_CONNECTED) != 0);
    quiet(&s, 100000);
    END();
}

TEST(passive_open_answers_and_waits_for_accept) /* 3.5 figure 6, 3.10.7.2 */
{
    BEGIN();
    script_reach(&s, TCPIP_TCP_SYN_RECEIVED);
    in(&s, "A", 1, 1, 0);
    state(&s, TCPIP_TCP_ESTABLISHED);
    quiet(&s, 100000);
    script_accept(&s);
    CHECK(tcpip_tcp_accept(&s.listener, &s) == NULL);
    END();
}

TEST(data_with_the_last_ack_of_the_handshake_is_taken) /* 3.10.7.4 */
{
    BEGIN();
    script_reach(&s, TCPIP_TCP_SYN_RECEIVED);
    in(&s, "PA", 1, 1, 10);
    script_accept(&s);
    CHECK_EQUAL(10, app_read(&s));
    out(&s, 200, "A", 1, 11, 0);
    END();
}

TEST(simultaneous_open_ends_established) /* 3.5 figure 7, MUST-10 */
{
    BEGIN();
    script_open(&s);
    in(&s, "S", 0, 0, 0);
    out(&s, 0, "SA", 0, 1, 0);
    state(&s, TCPIP_TCP_SYN_RECEIVED);
    in(&s, "SA", 0, 1, 0);
    state(&s, TCPIP_TCP_ESTABLISHED);
    CHECK((s.events & TCPIP_TCP_EVENT_CONNECTED) != 0);
    quiet(&s, 10000);
    END();
}

TEST(simultaneous_open_with_plain_ack_ends_established)
{
    BEGIN();
    script_open(&s);
    in(&s, "S", 0, 0, 0);
    out(&s, 0, "SA", 0, 1, 0);
    in(&s, "A", 1, 1, 0);
    state(&s, TCPIP_TCP_ESTABLISHED);
    END();
}

TEST(syn_is_repeated_with_back_off_and_then_times_out) /* 3.8.3 MUST-23, RFC 6298 section 5 */
{
    BEGIN();
    script_open(&s);
    for (uint32_t wait = 1000; wait <= 16000; wait *= 2) {
        quiet(&s, wait - 1);
        out(&s, 1, "S", 0, 0, 0);
    }
    quiet(&s, 100000);
    state(&s, TCPIP_TCP_CLOSED);
    CHECK_EQUAL(TCPIP_TCP_TIMED_OUT, s.connection->error);
    END();
}

TEST(syn_ack_is_repeated_and_the_half_open_child_disappears)
{
    BEGIN();
    script_reach(&s, TCPIP_TCP_SYN_RECEIVED);
    out(&s, 1000, "SA", 0, 1, 0);
    out(&s, 2000, "SA", 0, 1, 0);
    pass_time(&s, 200000);
    CHECK_EQUAL(0, s.host.connections);
    CHECK_EQUAL(0, s.listener.half_open);
    END();
}

TEST(a_repeated_syn_is_answered_again)
{
    BEGIN();
    script_reach(&s, TCPIP_TCP_SYN_RECEIVED);
    in(&s, "S", 0, 0, 0);
    out(&s, 0, "SA", 0, 1, 0);
    in(&s, "A", 1, 1, 0);
    state(&s, TCPIP_TCP_ESTABLISHED);
    END();
}

TEST(a_repeated_syn_ack_is_acknowledged_again) /* 3.10.7.4 first step */
{
    BEGIN();
    script_established(&s, 0);
    in(&s, "SA", 0, 1, 0);
    out(&s, 0, "A", 1, 1, 0);
    state(&s, TCPIP_TCP_ESTABLISHED);
    END();
}

TEST(refused_connection_reports_it) /* 3.10.7.3 second step */
{
    BEGIN();
    script_open(&s);
    in(&s, "RA", 0, 1, 0);
    state(&s, TCPIP_TCP_CLOSED);
    CHECK_EQUAL(TCPIP_TCP_REFUSED, s.connection->error);
    quiet(&s, 100000);
    END();
}

TEST(reset_without_or_with_wrong_ack_does_not_refuse) /* 3.10.7.3 */
{
    BEGIN();
    script_open(&s);
    in(&s, "R", 0, 0, 0);
    in(&s, "RA", 0, 2, 0);
    in(&s, "RA", 0, 0, 0);
    state(&s, TCPIP_TCP_SYN_SENT);
    quiet(&s, 0);
    END();
}

TEST(old_syn_ack_is_reset) /* 3.5.1 recovery from old duplicates, 3.10.7.3 first step */
{
    BEGIN();
    script_open(&s);
    in(&s, "SA", 50, 77, 0);
    out(&s, 0, "R", 77, 0, 0);
    state(&s, TCPIP_TCP_SYN_SENT);
    in(&s, "A", 50, 77, 0);
    out(&s, 0, "R", 77, 0, 0);
    in(&s, "SA", 0, 1, 0);
    out(&s, 0, "A", 1, 1, 0);
    state(&s, TCPIP_TCP_ESTABLISHED);
    END();
}

TEST(ack_without_syn_in_syn_sent_is_ignored) /* 3.10.7.3 fifth step */
{
    BEGIN();
    script_open(&s);
    in(&s, "A", 0, 1, 0);
    in(&s, "FA", 0, 1, 5);
    quiet(&s, 0);
    state(&s, TCPIP_TCP_SYN_SENT);
    END();
}

/* --- nobody there --------------------------------------------------------------------------- */

TEST(closed_answers_everything_but_reset_with_reset) /* 3.10.7.1 */
{
    BEGIN();
    in(&s, "S", 5, 0, 0);
    CHECK_EQUAL(TCPIP_TCP_RST | TCPIP_TCP_ACK, s.sent[0].header.flags);
    CHECK_EQUAL(0, s.sent[0].header.sequence);
    CHECK_EQUAL(s.peer_base + 6, s.sent[0].header.acknowledgement);
    in(&s, "A", 5, 33, 10);
    CHECK_EQUAL(TCPIP_TCP_RST, s.sent[1].header.flags);
    CHECK_EQUAL(33, s.sent[1].header.sequence);
    in(&s, "F", 5, 0, 10);
    CHECK_EQUAL(s.peer_base + 16, s.sent[2].header.acknowledgement);
    in(&s, "R", 5, 0, 0);
    in(&s, "RA", 5, 9, 0);
    CHECK_EQUAL(3, s.sent_count);
    END();
}

TEST(listener_resets_ack_and_ignores_reset_and_nonsense) /* 3.10.7.2 */
{
    BEGIN();
    script_reach(&s, TCPIP_TCP_LISTEN);
    in(&s, "R", 1, 0, 0);
    in(&s, "F", 1, 0, 0);
    in(&s, "", 1, 0, 20);
    CHECK_EQUAL(0, s.sent_count);
    in(&s, "A", 1, 9, 0);
    out(&s, 0, "R", 9, 0, 0);
    in(&s, "SA", 1, 9, 0);
    out(&s, 0, "R", 9, 0, 0);
    CHECK_EQUAL(0, s.host.connections);
    END();
}

TEST(handshake_ack_of_something_else_is_reset) /* 3.10.7.4 fifth step, SYN-RECEIVED */
{
    BEGIN();
    script_reach(&s, TCPIP_TCP_SYN_RECEIVED);
    in(&s, "A", 1, 2, 0);
    out(&s, 0, "R", 2, 0, 0);
    state(&s, TCPIP_TCP_SYN_RECEIVED);
    END();
}

/* --- closing -------------------------------------------------------------------------------- */

TEST(normal_close_goes_through_time_wait) /* 3.6 figure 12 */
{
    BEGIN();
    script_reach(&s, TCPIP_TCP_TIME_WAIT);
    CHECK((s.events & TCPIP_TCP_EVENT_CLOSED) != 0);
    quiet(&s, s.host.config.time_wait - 1);
    state(&s, TCPIP_TCP_TIME_WAIT);
    quiet(&s, 1);
    state(&s, TCPIP_TCP_CLOSED);
    END();
}

TEST(simultaneous_close_goes_through_closing) /* 3.6 figure 13 */
{
    BEGIN();
    script_reach(&s, TCPIP_TCP_CLOSING);
    in(&s, "A", 2, 2, 0);
    state(&s, TCPIP_TCP_TIME_WAIT);
    END();
}

TEST(fin_and_ack_of_ours_at_once_goes_straight_to_time_wait) /* 3.10.7.4 eighth step */
{
    BEGIN();
    script_reach(&s, TCPIP_TCP_FIN_WAIT_1);
    in(&s, "FA", 1, 2, 0);
    out(&s, 0, "A", 2, 2, 0);
    state(&s, TCPIP_TCP_TIME_WAIT);
    END();
}

TEST(passive_close_ends_in_closed) /* 3.6 */
{
    BEGIN();
    script_reach(&s, TCPIP_TCP_LAST_ACK);
    in(&s, "A", 2, 2, 0);
    state(&s, TCPIP_TCP_CLOSED);
    CHECK_EQUAL(TCPIP_TCP_OK, s.connection->error);
    CHECK((s.events & TCPIP_TCP_EVENT_CLOSED) != 0);
    END();
}

TEST(half_closed_peer_can_still_be_sent_to) /* 3.6 MUST-13 */
{
    BEGIN();
    script_reach(&s, TCPIP_TCP_CLOSE_WAIT);
    app_write(&s, 100);
    out(&s, 0, "A", 1, 2, 100);
    in(&s, "A", 2, 101, 0);
    tcpip_tcp_shutdown(s.connection, s.now);
    out(&s, 0, "FA", 101, 2, 0);
    in(&s, "A", 2, 102, 0);
    state(&s, TCPIP_TCP_CLOSED);
    END();
}

TEST(half_closed_end_still_receives) /* 3.6 MUST-13 */
{
    BEGIN();
    script_reach(&s, TCPIP_TCP_FIN_WAIT_2);
    in(&s, "A", 1, 2, 500);
    out(&s, 200, "A", 2, 501, 0);
    CHECK_EQUAL(500, app_read(&s));
    quiet(&s, 1000000); /* no limit while the owner holds it */
    state(&s, TCPIP_TCP_FIN_WAIT_2);
    END();
}

TEST(shutdown_sends_queued_data_before_fin) /* 3.10.4 */
{
    BEGIN();
    script_established(&s, 0);
    app_write(&s, 2500);
    tcpip_tcp_shutdown(s.connection, s.now);
    out(&s, 0, "A", 1, 1, 1000);
    out(&s, 0, "A", 1001, 1, 1000);
    out(&s, 0, "FA", 2001, 1, 500);
    in(&s, "A", 1, 2502, 0);
    state(&s, TCPIP_TCP_FIN_WAIT_2);
    END();
}

TEST(lost_fin_is_repeated) /* 3.8.1 */
{
    BEGIN();
    script_reach(&s, TCPIP_TCP_FIN_WAIT_1);
    out(&s, 3000, "FA", 1, 1, 0);
    in(&s, "A", 1, 2, 0);
    state(&s, TCPIP_TCP_FIN_WAIT_2);
    quiet(&s, 100000);
    END();
}

TEST(repeated_fin_in_time_wait_is_acknowledged_and_restarts_it) /* 3.10.7.4 first and eighth step */
{
    BEGIN();
    script_reach(&s, TCPIP_TCP_TIME_WAIT);
    quiet(&s, 50000);
    in(&s, "FA", 1, 2, 0);
    out(&s, 0, "A", 2, 2, 0);
    quiet(&s, s.host.config.time_wait - 1);
    state(&s, TCPIP_TCP_TIME_WAIT);
    END();
}

TEST(syn_reopens_time_wait_only_with_a_newer_sequence) /* 3.6.1 MAY-2 */
{
    BEGIN();
    script_reach(&s, TCPIP_TCP_TIME_WAIT);
    tcpip_tcp_close(s.connection, s.now);
    script_listen(&s, 2);
    in(&s, "S", 1, 0, 0); /* old: answered by the old connection */
    out(&s, 0, "A", 2, 2, 0);
    CHECK_EQUAL(0, s.listener.half_open);
    in(&s, "S", 1000, 0, 0);
    CHECK_EQUAL(1, s.listener.half_open);
    CHECK_EQUAL(1, s.host.connections);
    END();
}

TEST(ledger_15_time_wait_is_bounded_and_the_oldest_gives_way)
{
    BEGIN();
    for (unsigned i = 0; i < 40; i++) {
        s.peer_port = (uint16_t)(SCRIPT_PEER_PORT + i);
        script_reach(&s, TCPIP_TCP_TIME_WAIT);
        tcpip_tcp_close(s.connection, s.now);
        forget_sent(&s);
        CHECK(s.host.time_waits <= s.host.config.time_wait_max);
    }
    CHECK_EQUAL(s.host.config.time_wait_max, s.host.connections);
    CHECK_EQUAL(s.host.connections, s.allocated); /* no buffers are kept */
    END();
}

TEST(closing_with_unread_data_resets) /* RFC 1122 4.2.2.13, RFC 2525 2.17 */
{
    BEGIN();
    script_established(&s, TCPIP_TCP_NO_DELAYED_ACK);
    in(&s, "A", 1, 1, 10);
    out(&s, 0, "A", 1, 11, 0);
    tcpip_tcp_close(s.connection, s.now);
    out(&s, 0, "RA", 1, 11, 0);
    CHECK_EQUAL(0, s.host.connections);
    END();
}

TEST(data_after_close_resets) /* RFC 1122 4.2.2.13 */
{
    BEGIN();
    script_established(&s, 0);
    tcpip_tcp_close(s.connection, s.now);
    out(&s, 0, "FA", 1, 1, 0);
    in(&s, "A", 1, 2, 0);
    in(&s, "A", 1, 2, 10);
    out(&s, 0, "RA", 2, 1, 0);
    CHECK_EQUAL(0, s.host.connections);
    END();
}

TEST(closed_connection_does_not_wait_for_the_peers_fin_for_ever)
{
    BEGIN();
    script_reach(&s, TCPIP_TCP_FIN_WAIT_1);
    tcpip_tcp_close(s.connection, s.now);
    in(&s, "A", 1, 2, 0);
    CHECK_EQUAL(1, s.host.connections);
    pass_time(&s, s.host.config.fin_wait);
    CHECK_EQUAL(0, s.host.connections);
    END();
}

TEST(abort_sends_reset_where_a_peer_waits_and_frees_in_every_state) /* 3.10.5 */
{
    for (enum tcpip_tcp_state at = TCPIP_TCP_SYN_SENT; at <= TCPIP_TCP_TIME_WAIT; at++) {
        if (at == TCPIP_TCP_SYN_RECEIVED)
            continue; /* a child is its listener's */
        bool resets = at == TCPIP_TCP_ESTABLISHED || at == TCPIP_TCP_FIN_WAIT_1 ||
                      at == TCPIP_TCP_FIN_WAIT_2 || at == TCPIP_TCP_CLOSE_WAIT;
        BEGIN();
        script_reach(&s, at);
        forget_sent(&s);
        tcpip_tcp_abort(s.connection, s.now);
        CHECK_EQUAL(resets, s.sent_count);
        CHECK_EQUAL(0, s.host.connections);
        END();
    }
}

TEST(close_frees_in_every_state_in_the_end)
{
    for (enum tcpip_tcp_state at = TCPIP_TCP_SYN_SENT; at <= TCPIP_TCP_TIME_WAIT; at++) {
        if (at == TCPIP_TCP_SYN_RECEIVED)
            continue;
        BEGIN();
        script_reach(&s, at);
        tcpip_tcp_close(s.connection, s.now);
        pass_time(&s, 3600000);
        CHECK_EQUAL(0, s.host.connections);
        END();
    }
}

TEST(unlisten_resets_children_and_frees_them)
{
    BEGIN();
    script_listen(&s, 4);
    in(&s, "S", 0, 0, 0);
    s.own_base = tcpip_tcp_each(&s.host, NULL)->initial_sequence;
    in(&s, "A", 1, 1, 0);
    s.peer_port++;
    in(&s, "S", 0, 0, 0);
    CHECK_EQUAL(1, s.listener.waiting);
    CHECK_EQUAL(1, s.listener.half_open);
    forget_sent(&s);
    tcpip_tcp_unlisten(&s.listener, s.now);
    CHECK_EQUAL(2, s.sent_count);
    CHECK_EQUAL(0, s.host.connections);
    END();
}

/* --- every state against every kind of segment ------------------------------------------------ */

TEST(exact_reset_ends_every_synchronized_state) /* 3.10.7.4 second step, RFC 5961 3.2 */
{
    for (enum tcpip_tcp_state at = TCPIP_TCP_ESTABLISHED; at <= TCPIP_TCP_TIME_WAIT; at++) {
        bool peer_done = at >= TCPIP_TCP_CLOSE_WAIT;
        BEGIN();
        script_reach(&s, at);
        in(&s, "R", peer_done ? 2 : 1, 0, 0);
        quiet(&s, 0);
        state(&s, TCPIP_TCP_CLOSED);
        CHECK_EQUAL(at == TCPIP_TCP_TIME_WAIT ? TCPIP_TCP_OK : TCPIP_TCP_RESET,
                    s.connection->error);
        END();
    }
}

TEST(ledger_12_inexact_reset_in_the_window_is_challenged_in_every_state) /* RFC 5961 3.2 */
{
    for (enum tcpip_tcp_state at = TCPIP_TCP_ESTABLISHED; at <= TCPIP_TCP_TIME_WAIT; at++) {
        BEGIN();
        script_reach(&s, at);
        uint32_t own = s.connection->highest - s.own_base;
        uint32_t peer = s.connection->expected - s.peer_base;
        in(&s, "R", peer + 100, 0, 0);
        out(&s, 0, "A", own, peer, 0);
        state(&s, at);
        END();
    }
}

TEST(syn_in_every_synchronized_state_is_challenged) /* RFC 5961 4.2, 3.10.7.4 fourth step */
{
    for (enum tcpip_tcp_state at = TCPIP_TCP_ESTABLISHED; at <= TCPIP_TCP_TIME_WAIT; at++) {
        BEGIN();
        script_reach(&s, at);
        uint32_t own = s.connection->highest - s.own_base;
        uint32_t peer = s.connection->expected - s.peer_base;
        in(&s, "S", peer + 100, 0, 0);
        out(&s, 0, "A", own, peer, 0);
        in(&s, "S", peer - 50, 0, 0);
        out(&s, 0, "A", own, peer, 0);
        state(&s, at);
        END();
    }
}

TEST(out_of_window_segments_get_an_ack_and_out_of_window_resets_nothing) /* 3.10.7.4, MUST-65 */
{
    static const uint32_t far[] = {0x7fffffff, 100000, (uint32_t)-70000};

    for (enum tcpip_tcp_state at = TCPIP_TCP_ESTABLISHED; at <= TCPIP_TCP_TIME_WAIT; at++) {
        for (unsigned i = 0; i < 3; i++) {
            BEGIN();
            script_reach(&s, at);
            uint32_t own = s.connection->highest - s.own_base;
            uint32_t peer = s.connection->expected - s.peer_base;
            in(&s, "A", peer + far[i], own, 10);
            out(&s, 0, "A", own, peer, 0);
            in(&s, "R", peer + far[i], own, 0);
            quiet(&s, 0);
            state(&s, at);
            END();
        }
    }
}

TEST(segments_without_ack_are_ignored_in_every_state) /* 3.10.7.4 fifth step */
{
    for (enum tcpip_tcp_state at = TCPIP_TCP_ESTABLISHED; at <= TCPIP_TCP_TIME_WAIT; at++) {
        BEGIN();
        script_reach(&s, at);
        uint32_t peer = s.connection->expected - s.peer_base;
        in(&s, "", peer, 0, 10);
        in(&s, "F", peer, 0, 0);
        in(&s, "PU", peer, 0, 1);
        quiet(&s, 0);
        state(&s, at);
        END();
    }
}

TEST(acknowledgements_of_the_future_and_of_the_far_past_are_challenged) /* RFC 5961 5.2 */
{
    for (enum tcpip_tcp_state at = TCPIP_TCP_ESTABLISHED; at <= TCPIP_TCP_LAST_ACK; at++) {
        BEGIN();
        script_reach(&s, at);
        uint32_t own = s.connection->highest - s.own_base;
        uint32_t peer = s.connection->expected - s.peer_base;
        in(&s, "A", peer, own + 1, 5);
        out(&s, 0, "A", own, peer, 0);
        in(&s, "A", peer, own - 70000, 5);
        out(&s, 0, "A", own, peer, 0);
        state(&s, at);
        END();
    }
}

TEST(text_is_ignored_once_the_peer_has_finished) /* 3.10.7.4 seventh step */
{
    for (enum tcpip_tcp_state at = TCPIP_TCP_CLOSE_WAIT; at <= TCPIP_TCP_TIME_WAIT; at++) {
        BEGIN();
        script_reach(&s, at);
        uint32_t peer = s.connection->expected - s.peer_base;
        in(&s, "A", peer, s.connection->unacknowledged - s.own_base, 20);
        CHECK_EQUAL(0, tcpip_ring_count(&s.connection->receive));
        CHECK_EQUAL(s.peer_base + peer, s.connection->expected);
        state(&s, at);
        END();
    }
}

TEST(no_memory_at_any_allocation_is_survived)
{
    for (unsigned nth = 1; nth <= 3; nth++) {
        struct tcpip_tcp_endpoints endpoints;
        BEGIN();
        endpoints = (struct tcpip_tcp_endpoints){s.local, s.peer, 80, 4000};
        s.allocate_fails = nth;
        CHECK(tcpip_tcp_open(&s.host, &endpoints, 100, 100, 0, NULL, s.now) == NULL);
        CHECK_EQUAL(0, s.host.connections);
        END();
    }
}

TEST(a_child_without_memory_waits_for_the_next_ack)
{
    BEGIN();
    script_reach(&s, TCPIP_TCP_SYN_RECEIVED);
    s.allocate_fails = 1;
    in(&s, "A", 1, 1, 0);
    state(&s, TCPIP_TCP_SYN_RECEIVED);
    s.allocate_fails = 2; /* the second of the two buffers */
    in(&s, "A", 1, 1, 0);
    state(&s, TCPIP_TCP_SYN_RECEIVED);
    in(&s, "A", 1, 1, 0);
    state(&s, TCPIP_TCP_ESTABLISHED);
    END();
}

TEST(a_lost_address_fails_its_connections)
{
    BEGIN();
    script_established(&s, 0);
    tcpip_tcp_address_lost(&s.host, &s.peer, s.now);
    state(&s, TCPIP_TCP_ESTABLISHED);
    tcpip_tcp_address_lost(&s.host, &s.local, s.now);
    state(&s, TCPIP_TCP_CLOSED);
    CHECK_EQUAL(TCPIP_TCP_ABORTED, s.connection->error);
    quiet(&s, 1000);
    END();
}

TEST(an_exact_address_listens_before_any_and_none_twice)
{
    struct tcpip_tcp_listener exact = {.port = 80, .backlog = 1}, again, other = exact;

    BEGIN();
    script_listen(&s, 1);
    exact.address = s.local;
    again = exact;
    other.port = 81;
    CHECK(tcpip_tcp_listen(&s.host, &exact));
    CHECK(tcpip_tcp_listen(&s.host, &other));
    CHECK(!tcpip_tcp_listen(&s.host, &again));
    CHECK(tcpip_tcp_find_listener(&s.host, &s.local, 80) == &exact);
    CHECK(tcpip_tcp_find_listener(&s.host, &s.peer, 80) == &s.listener);
    CHECK(tcpip_tcp_find_listener(&s.host, &s.local, 81) == &other);
    CHECK(tcpip_tcp_find_listener(&s.host, &s.local, 82) == NULL);
    END();
}

TEST(time_wait_gives_way_to_a_new_connection_when_the_table_is_full)
{
    struct tcpip_tcp_config config = tcpip_tcp_config_default;

    config.connections_max = 3;
    script_init(&s, &config);
    for (unsigned i = 0; i < 10; i++) {
        s.peer_port = (uint16_t)(SCRIPT_PEER_PORT + i);
        script_reach(&s, TCPIP_TCP_TIME_WAIT);
        tcpip_tcp_close(s.connection, s.now);
        forget_sent(&s);
    }
    CHECK_EQUAL(3, s.host.connections);
    END();
}

TEST(shutdown_in_syn_received_sends_fin_once_established) /* 3.10.4 */
{
    BEGIN();
    script_open(&s);
    in(&s, "S", 0, 0, 0);
    out(&s, 0, "SA", 0, 1, 0);
    tcpip_tcp_shutdown(s.connection, s.now);
    quiet(&s, 0);
    in(&s, "A", 1, 1, 0);
    out(&s, 0, "FA", 1, 1, 0);
    state(&s, TCPIP_TCP_FIN_WAIT_1);
    END();
}

TEST(shutdown_in_syn_sent_ends_the_attempt) /* 3.10.4 */
{
    BEGIN();
    script_open(&s);
    tcpip_tcp_shutdown(s.connection, s.now);
    state(&s, TCPIP_TCP_CLOSED);
    CHECK_EQUAL(TCPIP_TCP_ABORTED, s.connection->error);
    quiet(&s, 100000);
    END();
}

TEST(ports_are_drawn_at_random_and_never_twice) /* RFC 6056 */
{
    struct tcpip_tcp_config config = tcpip_tcp_config_default;
    struct tcpip_tcp_endpoints endpoints;
    uint16_t last = 0;
    unsigned neighbours = 0;

    config.connections_max = 20000;
    script_init(&s, &config);
    endpoints = (struct tcpip_tcp_endpoints){s.local, s.peer, 0, 4000};
    for (unsigned i = 0; i < 1000; i++) {
        struct tcpip_tcp_connection *connection = tcpip_tcp_open(&s.host, &endpoints, 1, 1, 0, NULL,
                                                                 s.now);
        CHECK(connection != NULL && connection->local_port >= 49152);
        neighbours += connection->local_port == last + 1;
        last = connection->local_port;
        s.sent_count = s.seen = 0;
    }
    CHECK(neighbours < 10);
    endpoints.local_port = last; /* in use */
    CHECK(tcpip_tcp_open(&s.host, &endpoints, 1, 1, 0, NULL, s.now) == NULL);
    END();
}

TEST(every_state_has_its_name)
{
    CHECK_STRING("CLOSED", tcpip_tcp_state_name(TCPIP_TCP_CLOSED));
    CHECK_STRING("TIME-WAIT", tcpip_tcp_state_name(TCPIP_TCP_TIME_WAIT));
    CHECK_STRING("?", tcpip_tcp_state_name((enum tcpip_tcp_state)99));
}
