/* SPDX-License-Identifier: MIT */
/*
 * Data, windows and timers, one script per claim; each names the clause it shows. The peer's MSS is
 * 1000 and our buffers hold 8192 bytes.
 */
#include "tcp_script.h"

#include <string.h>

static struct script s;

static void begin(uint8_t options)
{
    script_init(&s, NULL);
    script_established(&s, options);
}

#define END() script_deinit(&s)

/* --- acknowledging ---------------------------------------------------------------------------- */

TEST(ack_is_delayed_but_not_for_long) /* RFC 9293 3.8.6.3 MUST-58: less than 500 ms */
{
    begin(0);
    in(&s, "A", 1, 1, 100);
    quiet(&s, s.host.config.delayed_ack - 1);
    out(&s, 1, "A", 1, 101, 0);
    quiet(&s, 10000);
    END();
}

TEST(every_second_segment_is_acknowledged_at_once) /* RFC 9293 3.8.6.3 SHLD-19 */
{
    begin(0);
    in(&s, "A", 1, 1, 1000);
    quiet(&s, 0);
    in(&s, "A", 1001, 1, 1000);
    out(&s, 0, "A", 1, 2001, 0);
    quiet(&s, 10000);
    END();
}

TEST(ack_rides_on_data) /* RFC 9293 3.8.6.3 */
{
    begin(0);
    in(&s, "A", 1, 1, 100);
    app_write(&s, 10);
    out(&s, 0, "A", 1, 101, 10);
    in(&s, "A", 101, 11, 0);
    quiet(&s, 10000);
    END();
}

TEST(out_of_order_and_filling_segments_are_acknowledged_at_once) /* RFC 5681 4.2 */
{
    begin(0);
    in(&s, "A", 1001, 1, 1000);
    out(&s, 0, "A", 1, 1, 0);
    in(&s, "A", 2001, 1, 1000);
    out(&s, 0, "A", 1, 1, 0);
    in(&s, "A", 1, 1, 1000);
    out(&s, 0, "A", 1, 3001, 0);
    CHECK_EQUAL(3000, app_read(&s));
    END();
}

TEST(repeated_and_overlapping_data_is_taken_once) /* 3.10.7.4: trimmed to the window */
{
    begin(0);
    in(&s, "A", 1, 1, 500);
    in(&s, "A", 1, 1, 500);
    out(&s, 0, "A", 1, 501, 0);
    in(&s, "A", 251, 1, 500);
    out(&s, 0, "A", 1, 751, 0);
    CHECK_EQUAL(750, app_read(&s));
    END();
}

TEST(early_fin_waits_for_the_data_before_it)
{
    begin(0);
    in(&s, "FA", 501, 1, 100);
    out(&s, 0, "A", 1, 1, 0);
    state(&s, TCPIP_TCP_ESTABLISHED);
    in(&s, "A", 601, 1, 300); /* behind the FIN: not taken */
    out(&s, 0, "A", 1, 1, 0);
    in(&s, "A", 1, 1, 500);
    out(&s, 0, "A", 1, 602, 0);
    state(&s, TCPIP_TCP_CLOSE_WAIT);
    CHECK_EQUAL(600, app_read(&s));
    END();
}

/* --- the receive window ----------------------------------------------------------------------- */

TEST(window_shrinks_with_unread_data_and_its_edge_never_moves_back) /* 3.8.6 SHLD-14 */
{
    begin(0);
    uint32_t edge = s.connection->advertised;
    for (uint32_t at = 1; at + 1000 < 8192; at += 1000)
        in(&s, "A", at, 1, 1000);
    for (unsigned i = 0; i < s.sent_count; i++)
        CHECK((int32_t)(s.sent[i].header.acknowledgement + s.sent[i].header.window - edge) >= 0);
    in(&s, "A", 8001, 1, 1000); /* 192 fit */
    CHECK_EQUAL(8192, tcpip_ring_count(&s.connection->receive));
    CHECK_EQUAL(0, s.sent[s.sent_count - 1].header.window);
    CHECK_EQUAL(8192, app_read(&s));
    CHECK_EQUAL(8192, s.sent[s.sent_count - 1].header.window);
    END();
}

TEST(receiver_avoids_silly_windows) /* 3.8.6.2.2 MUST-39 */
{
    uint8_t byte;

    begin(0);
    for (uint32_t at = 1; at < 8192; at += 1000)
        in(&s, "A", at, 1, 1000);
    forget_sent(&s);
    for (unsigned i = 0; i < 1459; i++) {
        tcpip_ring_copy(&s.connection->receive, &byte, 1);
        tcpip_ring_drop(&s.connection->receive, 1);
        tcpip_tcp_service(s.connection, s.now);
    }
    quiet(&s, 0);
    tcpip_ring_drop(&s.connection->receive, 1);
    tcpip_tcp_service(s.connection, s.now);
    out(&s, 0, "A", 1, 8193, 0);
    CHECK_EQUAL(1460, s.sent[s.seen - 1].header.window);
    END();
}

TEST(data_at_a_closed_window_is_refused_but_its_ack_counts) /* 3.8.6.1, MUST-66 */
{
    begin(0);
    for (uint32_t at = 1; at < 8192; at += 1000)
        in(&s, "A", at, 1, 1000);
    app_write(&s, 100);
    forget_sent(&s);
    in(&s, "A", 8193, 101, 1);
    out(&s, 0, "A", 101, 8193, 0);
    CHECK_EQUAL(0, tcpip_ring_count(&s.connection->send));
    END();
}

TEST(stopped_reception_opens_the_window_no_further)
{
    begin(TCPIP_TCP_STOP_RECEIVE);
    for (uint32_t at = 1; at < 4000; at += 1000)
        in(&s, "A", at, 1, 1000);
    forget_sent(&s);
    uint32_t edge = s.connection->advertised;
    CHECK_EQUAL(4000, app_read(&s));
    quiet(&s, 1000);
    CHECK_EQUAL(edge, s.connection->advertised);
    s.connection->options = 0;
    tcpip_tcp_service(s.connection, s.now);
    out(&s, 0, "A", 1, 4001, 0);
    CHECK_EQUAL(8192, s.sent[s.seen - 1].header.window);
    END();
}

TEST(below_the_low_mark_the_window_waits_for_the_high_mark)
{
    begin(0);
    s.connection->little_room = 2000;
    s.connection->enough_room = 6000;
    for (uint32_t at = 1; at < 8000; at += 1000)
        in(&s, "A", at, 1, 1000);
    forget_sent(&s);
    uint32_t edge = s.connection->advertised;
    tcpip_ring_drop(&s.connection->receive, 3000);
    tcpip_tcp_service(s.connection, s.now);
    pass_time(&s, 1000);
    CHECK_EQUAL(edge, s.connection->advertised);
    forget_sent(&s);
    tcpip_ring_drop(&s.connection->receive, 3000);
    tcpip_tcp_service(s.connection, s.now);
    out(&s, 0, "A", 1, 8001, 0);
    CHECK_EQUAL(6192, s.sent[s.seen - 1].header.window);
    END();
}

/* --- the peer's window ------------------------------------------------------------------------ */

TEST(ledger_13_zero_window_for_an_hour_then_opens) /* 3.8.6.1 MUST-35 to MUST-37 */
{
    uint32_t start, probes = 0, last;

    begin(0);
    s.window = 0;
    in(&s, "A", 1, 1, 0);
    app_write(&s, 3000);
    quiet(&s, 0);
    start = last = s.now;
    while (s.now - start < 3600000) {
        out(&s, s.host.config.persist_maximum, "A", 1, 1, 1);
        CHECK(s.now - last <= s.host.config.persist_maximum);
        CHECK(probes == 0 || s.now > last);
        last = s.now;
        probes++;
        in(&s, "A", 1, 1, 0);
        forget_sent(&s);
    }
    CHECK(probes >= 60 && probes < 100);
    s.window = 10000;
    in(&s, "A", 1, 1, 0);
    out(&s, 0, "A", 1, 1, 1000);
    out(&s, 0, "A", 1001, 1, 1000);
    in(&s, "A", 1, 2001, 0);
    out(&s, 0, "A", 2001, 1, 1000);
    state(&s, TCPIP_TCP_ESTABLISHED);
    END();
}

TEST(zero_window_without_any_answer_times_out)
{
    begin(0);
    s.window = 0;
    in(&s, "A", 1, 1, 0);
    app_write(&s, 10);
    pass_time(&s, 3600000);
    state(&s, TCPIP_TCP_CLOSED);
    CHECK_EQUAL(TCPIP_TCP_TIMED_OUT, s.connection->error);
    END();
}

TEST(an_accepted_probe_byte_is_not_sent_again)
{
    begin(0);
    s.window = 0;
    in(&s, "A", 1, 1, 0);
    app_write(&s, 100);
    out(&s, 3000, "A", 1, 1, 1);
    s.window = 5000;
    in(&s, "A", 1, 2, 0);
    out(&s, 0, "A", 2, 1, 99);
    in(&s, "A", 1, 101, 0);
    quiet(&s, 100000);
    END();
}

TEST(a_shrinking_window_is_respected_and_probed) /* 3.8.6 MUST-34 */
{
    begin(0);
    app_write(&s, 2000);
    out(&s, 0, "A", 1, 1, 1000);
    out(&s, 0, "A", 1001, 1, 1000);
    s.window = 0;
    in(&s, "A", 1, 1, 0);
    out(&s, 10000, "A", 1, 1, 1);
    in(&s, "A", 1, 1, 0);
    s.window = 4000;
    in(&s, "A", 1, 1, 0);
    out(&s, 0, "A", 1, 1, 1000);
    END();
}

TEST(ledger_13_sender_avoids_silly_windows) /* 3.8.6.2.1 MUST-38 */
{
    begin(0);
    s.window = 2000;
    in(&s, "A", 1, 1, 0);
    s.connection->largest_window = 2000;
    app_write(&s, 4000);
    out(&s, 0, "A", 1, 1, 1000);
    out(&s, 0, "A", 1001, 1, 1000);
    s.window = 100; /* the peer read 100 bytes: not worth a segment */
    in(&s, "A", 1, 2001, 0);
    quiet(&s, 200);
    s.window = 1000;
    in(&s, "A", 1, 2001, 0);
    out(&s, 0, "A", 2001, 1, 1000);
    END();
}

TEST(a_window_that_stays_small_is_used_after_a_while) /* 3.8.6.2.1: the override time-out */
{
    begin(0);
    s.window = 100;
    s.mss = 0;
    in(&s, "A", 1, 1, 0);
    app_write(&s, 300);
    s.connection->largest_window = 65535;
    out(&s, 5000, "A", 1, 1, 100);
    END();
}

TEST(old_segments_do_not_change_the_window) /* 3.10.7.4: SND.WL1, SND.WL2 */
{
    begin(0);
    in(&s, "A", 101, 1, 100);
    CHECK_EQUAL(65535, s.connection->window);
    s.window = 7;
    in(&s, "A", 1, 1, 100);
    CHECK_EQUAL(65535, s.connection->window);
    END();
}

/* --- Nagle -------------------------------------------------------------------------------------- */

TEST(nagle_gathers_small_writes) /* 3.7.4 MUST-17 */
{
    begin(0);
    app_write(&s, 10);
    out(&s, 0, "A", 1, 1, 10);
    app_write(&s, 10);
    app_write(&s, 10);
    quiet(&s, 0);
    in(&s, "A", 1, 11, 0);
    out(&s, 0, "A", 11, 1, 20);
    END();
}

TEST(nagle_can_be_switched_off) /* 3.7.4 MUST-17 */
{
    begin(TCPIP_TCP_NO_DELAY);
    for (uint32_t i = 0; i < 5; i++) {
        app_write(&s, 10);
        out(&s, 0, "A", 1 + 10 * i, 1, 10);
    }
    END();
}

TEST(held_small_segments_wait_for_a_full_one_or_the_end)
{
    begin(TCPIP_TCP_HOLD_SMALL);
    app_write(&s, 900);
    quiet(&s, 60000);
    app_write(&s, 200);
    out(&s, 0, "A", 1, 1, 1000);
    tcpip_tcp_shutdown(s.connection, s.now);
    out(&s, 0, "FA", 1001, 1, 100);
    END();
}

/* --- retransmission ------------------------------------------------------------------------------- */

TEST(data_is_repeated_with_back_off_and_then_times_out) /* RFC 6298 5.5, RFC 9293 3.8.3 */
{
    uint32_t wait = 1000;

    begin(0);
    app_write(&s, 100);
    out(&s, 0, "A", 1, 1, 100);
    wait = s.connection->rtt.timeout;
    for (unsigned i = 0; i < s.host.config.data_retries; i++) {
        quiet(&s, wait - 1);
        out(&s, 1, "A", 1, 1, 100);
        wait = wait * 2 < s.host.config.rto_maximum ? wait * 2 : s.host.config.rto_maximum;
    }
    out(&s, wait, "RA", 101, 1, 0);
    state(&s, TCPIP_TCP_CLOSED);
    CHECK_EQUAL(TCPIP_TCP_TIMED_OUT, s.connection->error);
    CHECK((s.events & TCPIP_TCP_EVENT_ERROR) != 0);
    END();
}

TEST(time_out_follows_the_measured_round_trip) /* RFC 6298 2.2, 2.3 */
{
    begin(0);
    s.connection->rtt.measured = false;
    app_write(&s, 10);
    s.now += 400;
    in(&s, "A", 1, 11, 0);
    CHECK_EQUAL(400 + 4 * 200, s.connection->rtt.timeout);
    app_write(&s, 10);
    s.now += 400;
    in(&s, "A", 1, 21, 0);
    CHECK_EQUAL(400 + 4 * 150, s.connection->rtt.timeout);
    END();
}

TEST(repeated_segments_are_not_measured) /* RFC 6298 section 3, Karn */
{
    begin(0);
    app_write(&s, 10);
    out(&s, 0, "A", 1, 1, 10);
    out(&s, 1000, "A", 1, 1, 10);
    uint32_t smoothed = s.connection->rtt.smoothed8;
    s.now += 300;
    in(&s, "A", 1, 11, 0);
    CHECK_EQUAL(smoothed, s.connection->rtt.smoothed8);
    END();
}

TEST(lost_syn_makes_the_first_time_out_long) /* RFC 6298 5.7 */
{
    script_init(&s, NULL);
    script_open(&s);
    out(&s, 1000, "S", 0, 0, 0);
    in(&s, "SA", 0, 1, 0);
    out(&s, 0, "A", 1, 1, 0);
    CHECK_EQUAL(3000, s.connection->rtt.timeout);
    CHECK_EQUAL(1000, s.connection->congestion.window);
    END();
}

TEST(three_duplicates_repeat_at_once_and_recover) /* RFC 5681 3.2, RFC 6582 3.2 */
{
    begin(0);
    app_write(&s, 8000);
    CHECK_EQUAL(4, forget_sent(&s)); /* the initial window */
    in(&s, "A", 1, 1001, 0);
    CHECK_EQUAL(2, forget_sent(&s)); /* slow start */
    uint32_t flight = s.connection->highest - s.connection->unacknowledged;
    CHECK_EQUAL(5000, flight);
    in(&s, "A", 1, 1001, 0);
    out(&s, 0, "A", 6001, 1, 1000); /* limited transmit, RFC 3042 */
    in(&s, "A", 1, 1001, 0);
    out(&s, 0, "A", 7001, 1, 1000);
    quiet(&s, 0);
    in(&s, "A", 1, 1001, 0);
    out(&s, 0, "A", 1001, 1, 1000); /* fast retransmit */
    CHECK_EQUAL(1, s.host.counters.fast_retransmitted);
    CHECK(s.connection->congestion.recovering);
    in(&s, "A", 1, 3001, 0); /* partial: the next hole at once */
    out(&s, 0, "A", 3001, 1, 1000);
    CHECK(s.connection->congestion.recovering);
    in(&s, "A", 1, 8001, 0);
    CHECK(!s.connection->congestion.recovering);
    CHECK(s.connection->congestion.window <= 3500);
    quiet(&s, 100000);
    END();
}

TEST(fast_retransmit_still_works_after_half_the_sequence_space)
{
    begin(0);
    for (unsigned i = 0; i < 5; i++) { /* as if 2^29 bytes had gone by, five times */
        app_write(&s, 1000);
        in(&s, "A", 1, s.connection->highest - s.own_base, 0);
        forget_sent(&s);
        s.own_base += 1u << 29;
        s.connection->unacknowledged += 1u << 29;
        s.connection->next = s.connection->highest = s.connection->unacknowledged;
        s.connection->window_acknowledgement += 1u << 29;
    }
    uint32_t at = s.connection->unacknowledged - s.own_base;
    s.connection->congestion.window = 8000;
    app_write(&s, 8000);
    forget_sent(&s);
    for (unsigned i = 0; i < 3; i++)
        in(&s, "A", 1, at, 0);
    out(&s, 0, "A", at, 1, 1000);
    CHECK_EQUAL(1, s.host.counters.fast_retransmitted);
    END();
}

TEST(time_out_falls_back_to_one_segment) /* RFC 5681 3.1 equation (4), section 4 */
{
    begin(0);
    app_write(&s, 8000);
    CHECK_EQUAL(4, forget_sent(&s));
    out(&s, 2000, "A", 1, 1, 1000);
    quiet(&s, 0);
    CHECK_EQUAL(2000, s.connection->congestion.threshold);
    in(&s, "A", 1, 4001, 0); /* the others had arrived */
    out(&s, 0, "A", 4001, 1, 1000);
    out(&s, 0, "A", 5001, 1, 1000);
    END();
}

TEST(congestion_avoidance_grows_by_a_segment_per_round_trip) /* RFC 5681 3.1 equation (3) */
{
    begin(0);
    s.connection->congestion.window = s.connection->congestion.threshold = 4000;
    app_write(&s, 8000);
    for (uint32_t ack = 1001; ack <= 4001; ack += 1000)
        in(&s, "A", 1, ack, 0);
    CHECK(s.connection->congestion.window > 4900 && s.connection->congestion.window <= 5000);
    END();
}

TEST(idle_connection_starts_slowly_again) /* RFC 5681 4.1 */
{
    begin(0);
    s.connection->congestion.window = 60000;
    pass_time(&s, 10000);
    app_write(&s, 8000);
    CHECK_EQUAL(4, forget_sent(&s));
    END();
}

TEST(no_frame_delays_data_but_loses_none)
{
    begin(0);
    s.transmit_fails = 1;
    app_write(&s, 100);
    quiet(&s, 0);
    out(&s, 3000, "A", 1, 1, 100);
    in(&s, "A", 1, 101, 0);
    quiet(&s, 10000);
    CHECK_EQUAL(1, s.host.counters.transmit_failed);
    END();
}

/* --- keep-alive ------------------------------------------------------------------------------------ */

TEST(keep_alive_probes_an_idle_peer_and_gives_up) /* 3.8.4 MUST-24 to MUST-26 */
{
    begin(TCPIP_TCP_KEEP_ALIVE);
    quiet(&s, s.host.config.keep_alive_idle - 1);
    out(&s, 1, "A", 0, 1, 0);
    in(&s, "A", 1, 1, 0);
    quiet(&s, s.host.config.keep_alive_idle - 1);
    for (unsigned i = 0; i < s.host.config.keep_alive_probes; i++)
        out(&s, s.host.config.keep_alive_interval, "A", 0, 1, 0);
    out(&s, s.host.config.keep_alive_interval, "RA", 1, 1, 0);
    CHECK_EQUAL(TCPIP_TCP_TIMED_OUT, s.connection->error);
    END();
}

TEST(keep_alive_is_off_unless_asked_for) /* 3.8.4 MUST-25 */
{
    begin(0);
    quiet(&s, 100000000);
    END();
}

TEST(keep_alive_can_be_switched_on_later)
{
    begin(0);
    quiet(&s, 1000000);
    s.connection->options = TCPIP_TCP_KEEP_ALIVE;
    tcpip_tcp_service(s.connection, s.now);
    out(&s, s.host.config.keep_alive_idle, "A", 0, 1, 0);
    END();
}

TEST(a_peers_keep_alive_is_answered) /* 3.8.4 */
{
    begin(0);
    in(&s, "A", 0, 1, 0);
    out(&s, 0, "A", 1, 1, 0);
    in(&s, "A", 0, 1, 1); /* with the garbage byte */
    out(&s, 0, "A", 1, 1, 0);
    CHECK_EQUAL(0, app_read(&s));
    END();
}

/* --- segment size ------------------------------------------------------------------------------------ */

TEST(segment_size_is_the_smaller_of_peer_and_route) /* 3.7.1 MUST-14 to MUST-16 */
{
    static const struct {
        uint16_t offered, used;
    } cases[] = {{0, 536}, {1, 64}, {63, 64}, {64, 64}, {536, 536}, {1460, 1460}, {65535, 1460}};

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        script_init(&s, NULL);
        s.mss = cases[i].offered;
        script_established(&s, 0);
        CHECK_EQUAL(cases[i].used, s.connection->mss);
        END();
    }
}

/* --- what routers say -------------------------------------------------------------------------------- */

static void tell_unreachable(uint32_t sequence)
{
    struct tcpip_tcp_endpoints endpoints = {s.local, s.peer, SCRIPT_LOCAL_PORT, SCRIPT_PEER_PORT};

    tcpip_tcp_unreachable(&s.host, &endpoints, s.own_base + sequence, s.now);
}

TEST(unreachable_ends_only_an_attempt_to_connect) /* RFC 9293 3.9.2.2, RFC 5461, RFC 5927 */
{
    script_init(&s, NULL);
    script_open(&s);
    tell_unreachable(1); /* not in flight */
    tell_unreachable(0xffffffff);
    state(&s, TCPIP_TCP_SYN_SENT);
    tell_unreachable(0);
    state(&s, TCPIP_TCP_CLOSED);
    CHECK_EQUAL(TCPIP_TCP_REFUSED, s.connection->error);
    END();

    begin(0);
    app_write(&s, 10);
    tell_unreachable(1);
    state(&s, TCPIP_TCP_ESTABLISHED);
    END();
}

TEST(a_smaller_mtu_makes_segments_smaller_and_sends_again) /* RFC 1191 */
{
    struct tcpip_tcp_endpoints endpoints;

    begin(0);
    endpoints = (struct tcpip_tcp_endpoints){s.local, s.peer, SCRIPT_LOCAL_PORT, SCRIPT_PEER_PORT};
    app_write(&s, 1000);
    out(&s, 0, "A", 1, 1, 1000);
    tcpip_tcp_too_big(&s.host, &endpoints, s.own_base + 5000, 600, s.now); /* not in flight */
    quiet(&s, 0);
    tcpip_tcp_too_big(&s.host, &endpoints, s.own_base + 1, 600, s.now);
    out(&s, 0, "A", 1, 1, 600);
    out(&s, 0, "A", 601, 1, 400);
    tcpip_tcp_too_big(&s.host, &endpoints, s.own_base + 1, 1, s.now);
    CHECK_EQUAL(s.host.config.minimum_mss, s.connection->mss);
    END();
}
