/* SPDX-License-Identifier: MIT */
/*
 * Claims about the engine that take a loop, or more than a script in scripts/ can say; each names the
 * clause it shows. The peer's MSS is 1000 and our buffers hold 8192 bytes.
 */
#include "tcp_script.h"

#include <string.h>

static const struct tcpip_tcp_settings least = {1, 1, 0};
static struct script s;

static void begin(uint8_t options)
{
    script_init(&s, NULL);
    script_established(&s, options);
}

#define BEGIN() script_init(&s, NULL)
#define END()   script_deinit(&s)

/* --- states --------------------------------------------------------------------------------------- */

TEST(ledger_15_time_wait_is_bounded_and_the_oldest_gives_way)
{
    BEGIN();
    for (unsigned i = 0; i < 40; i++) {
        s.peer_port = (uint16_t)(SCRIPT_PEER_PORT + i);
        script_reach(&s, TCPIP_TCP_TIME_WAIT);
        tcpip_tcp_close(s.connection);
        forget_sent(&s);
        CHECK(s.host.time_waits <= s.host.config->time_wait_max);
    }
    CHECK_EQUAL(s.host.config->time_wait_max, s.host.connections);
    CHECK_EQUAL(s.host.connections, s.allocated); /* no buffers are kept */
    END();
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

TEST(ledger_11_every_boot_and_every_pair_of_ends_has_its_own_numbers)
{
    uint32_t numbers[3];

    for (unsigned boot = 0; boot < 3; boot++) {
        BEGIN();
        s.random.state += boot; /* what the secret is drawn from */
        script_connect(&s);
        numbers[boot] = s.own_base;
        s.peer_port++;
        script_connect(&s);
        CHECK(s.own_base != numbers[boot]);
        forget_sent(&s);
        END();
    }
    CHECK(numbers[0] != numbers[1] && numbers[1] != numbers[2] && numbers[0] != numbers[2]);
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
        endpoints.local_port = 0;
        struct tcpip_tcp_connection *connection = tcpip_tcp_open(&s.host, &endpoints, &least, NULL);
        CHECK(connection != NULL && connection->ends.local_port >= 49152 &&
              endpoints.local_port == connection->ends.local_port);
        neighbours += connection->ends.local_port == last + 1;
        last = connection->ends.local_port;
        s.sent_count = s.seen = 0;
    }
    CHECK(neighbours < 10);
    endpoints.local_port = last; /* in use */
    CHECK(tcpip_tcp_open(&s.host, &endpoints, &least, NULL) == NULL);
    END();
}

TEST(every_state_has_its_name)
{
    CHECK_STRING("CLOSED", tcpip_tcp_state_name(TCPIP_TCP_CLOSED));
    CHECK_STRING("TIME-WAIT", tcpip_tcp_state_name(TCPIP_TCP_TIME_WAIT));
    CHECK_STRING("?", tcpip_tcp_state_name((enum tcpip_tcp_state)99));
}

/* --- windows -------------------------------------------------------------------------------------- */

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
        tcpip_tcp_service(s.connection);
    }
    quiet(&s, 0);
    tcpip_ring_drop(&s.connection->receive, 1);
    tcpip_tcp_service(s.connection);
    out(&s, 0, "A", 1, 8193, 0);
    CHECK_EQUAL(1460, s.sent[s.seen - 1].header.window);
    END();
}

TEST(ledger_13_zero_window_for_an_hour_then_opens) /* 3.8.6.1 MUST-35 to MUST-37 */
{
    uint32_t start, probes = 0, last;

    begin(0);
    s.window = 0;
    in(&s, "A", 1, 1, 0);
    app_write(&s, 3000);
    quiet(&s, 0);
    start = last = s.host.now;
    while (s.host.now - start < 3600000) {
        out(&s, s.host.config->persist_maximum, "A", 1, 1, 1);
        CHECK(s.host.now - last <= s.host.config->persist_maximum);
        CHECK(probes == 0 || s.host.now > last);
        last = s.host.now;
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

/* --- congestion and segment size ------------------------------------------------------------------ */

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

TEST(ledger_10_segment_size_is_clamped_between_minimum_and_route) /* 3.7.1 MUST-14 to MUST-16 */
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

TEST(over_ipv6_segments_have_limits_of_their_own) /* MUST-15, RFC 8201 section 4 */
{
    struct tcpip_tcp_endpoints endpoints;

    BEGIN();
    s.local = (struct tcpip_address){.family = TCPIP_IPV6, .bytes = {0xfe, 0x80, [15] = 1}};
    s.peer = (struct tcpip_address){.family = TCPIP_IPV6, .bytes = {0xfe, 0x80, [15] = 2}};
    s.mss = 0;
    script_established(&s, 0);
    CHECK_EQUAL(1220, s.connection->mss);
    END();

    BEGIN();
    s.local = (struct tcpip_address){.family = TCPIP_IPV6, .bytes = {0xfe, 0x80, [15] = 1}};
    s.peer = (struct tcpip_address){.family = TCPIP_IPV6, .bytes = {0xfe, 0x80, [15] = 2}};
    s.mss = 1400;
    script_established(&s, 0);
    app_write(&s, 1400);
    endpoints = (struct tcpip_tcp_endpoints){s.local, s.peer, SCRIPT_LOCAL_PORT, SCRIPT_PEER_PORT};
    tcpip_tcp_icmp(&s.host, &endpoints, s.own_base + 1, 500);
    CHECK_EQUAL(1220, s.connection->mss);
    forget_sent(&s);
    END();
}
