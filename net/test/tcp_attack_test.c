/* SPDX-License-Identifier: MIT */
/* What a stranger on the path, or beside it, can do to a connection: nothing. */
#include "tcp_script.h"
#include "tcp_world.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct script s;

TEST(ledger_12_challenge_acks_are_limited_per_second) /* RFC 5961 section 7 */
{
    script_init(&s, NULL);
    script_established(&s, 0);
    forget_sent(&s);
    for (unsigned i = 0; i < 1000; i++)
        in(&s, i % 2 ? "R" : "S", 100 + i, 0, 0);
    CHECK_EQUAL(s.host.config->challenge_limit, s.sent_count);
    s.host.now += 1000;
    in(&s, "R", 100, 0, 0);
    CHECK_EQUAL(s.host.config->challenge_limit + 1, s.sent_count);
    state(&s, TCPIP_TCP_ESTABLISHED);
    script_deinit(&s);
}

TEST(ledger_12_only_one_reset_in_the_whole_sequence_space_counts) /* RFC 5961 section 3 */
{
    script_init(&s, NULL);
    script_established(&s, 0);
    for (uint32_t step = 2; step != 0 && step < 0xfffff000u; step += 997) {
        in(&s, "R", step, 0, 0);
        if (s.connection->state != TCPIP_TCP_ESTABLISHED)
            test_fail("an inexact RST ended the connection", __FILE__, __LINE__);
        s.sent_count = s.seen = 0;
    }
    in(&s, "R", 1, 0, 0);
    state(&s, TCPIP_TCP_CLOSED);
    script_deinit(&s);
}

TEST(blind_data_with_a_wrong_ack_is_not_taken) /* RFC 5961 section 5 */
{
    script_init(&s, NULL);
    script_established(&s, 0);
    for (uint32_t ack = 2; ack < 0xfffe0000u; ack += 65521) {
        in(&s, "A", 1, ack, 10);
        s.sent_count = s.seen = 0;
    }
    CHECK_EQUAL(0, tcpip_ring_count(&s.connection->receive));
    CHECK_EQUAL(s.peer_base + 1, s.connection->expected);
    script_deinit(&s);
}

TEST(ledger_14_urgent_pointer_is_never_followed) /* URGENT/11; RFC 6093 */
{
    static const uint16_t pointers[] = {0, 1, 9, 10, 11, 1000, 65535};

    for (size_t i = 0; i < sizeof pointers / sizeof pointers[0]; i++) {
        script_init(&s, NULL);
        script_established(&s, 0);
        s.urgent = pointers[i];
        in(&s, "AU", 1, 1, 10);
        in(&s, "AU", 11, 1, 0);
        in(&s, "AUF", 11, 1, 0);
        CHECK_EQUAL(10, app_read(&s));
        state(&s, TCPIP_TCP_CLOSE_WAIT);
        script_deinit(&s);
    }
}

TEST(ledger_13_holes_in_what_arrives_are_bounded) /* CVE-2019-11477's class, as the receiver */
{
    script_init(&s, NULL);
    script_established(&s, 0);
    for (uint32_t at = 3; at < 8000; at += 2) {
        in(&s, "A", at, 1, 1);
        s.sent_count = s.seen = 0;
        CHECK(s.connection->reassembly.early.count <= TCPIP_RANGES);
    }
    for (uint32_t at = 1; at < 8000; at += 1000) {
        in(&s, "A", at, 1, 1000);
        s.sent_count = s.seen = 0;
    }
    CHECK_EQUAL(8000, app_read(&s));
    script_deinit(&s);
}

TEST(ledger_10_no_mss_of_a_peer_makes_segments_smaller_than_the_minimum)
{
    for (uint32_t mss = 0; mss < 65536; mss += mss < 2000 || mss > 65000 ? 1 : 97) {
        struct script_segment syn = {.flags = TCPIP_TCP_SYN, .window = 1000};

        script_init(&s, NULL);
        script_listen(&s, 1);
        syn.options.has_mss = true;
        syn.options.mss = (uint16_t)mss;
        script_inject(&s, &syn);
        CHECK(script_current(&s) != NULL);
        s.own_base = script_current(&s)->initial_sequence;
        in(&s, "A", 1, 1, 0);
        script_accept(&s);
        CHECK(s.connection->mss >= s.host.config->minimum_mss);
        CHECK(s.connection->mss <= s.route_mss);
        CHECK(mss < s.host.config->minimum_mss || mss > s.route_mss || s.connection->mss == mss);
        script_deinit(&s);
    }
}

/* The peer has no room for an hour and says so each time it is asked. */
TEST(ledger_13_a_window_that_opens_after_an_hour_is_used)
{
    unsigned probes = 0;

    script_init(&s, NULL);
    script_established(&s, 0);
    s.window = 0;
    in(&s, "A", 1, 1, 0);
    app_write(&s, 1000);
    for (uint32_t start = s.host.now; s.host.now - start < 3600000;) {
        script_wait(&s, 120000);
        CHECK(s.seen < s.sent_count);
        probes += forget_sent(&s);
        in(&s, "A", 1, 1, 0);
        state(&s, TCPIP_TCP_ESTABLISHED);
    }
    printf("%u probes in an hour\n", probes);
    CHECK(probes >= 60 && probes < 90); /* once a minute at last */
    s.window = 5000;
    in(&s, "A", 1, 1, 0);
    pass_time(&s, 5000);
    CHECK_EQUAL(s.own_base + 1001, s.connection->highest);
    in(&s, "A", 1, 1001, 0);
    CHECK_EQUAL(0, tcpip_ring_count(&s.connection->send));
    script_deinit(&s);
}

#if ipconfigUSE_TCP_SACK

/* A peer with the smallest segments reports every second byte of what is in flight, again and again. */
TEST(ledger_13_holes_that_a_peer_reports_are_bounded) /* CVE-2019-11477, as the sender */
{
    struct script_segment report = {.flags = TCPIP_TCP_ACK, .sequence = 1, .acknowledgement = 1};

    script_init(&s, NULL);
    script_connect(&s);
    struct script_segment answer = {
        .flags = TCPIP_TCP_SYN | TCPIP_TCP_ACK, .acknowledgement = 1, .window = 65535};
    answer.options.has_mss = answer.options.has_sack_permitted = true;
    answer.options.mss = 48;
    script_inject(&s, &answer);
    CHECK_EQUAL(64, s.connection->mss);
    s.connection->congestion.window = 65535;
    app_write(&s, 8000);
    forget_sent(&s);
    size_t allocated = s.allocated;
    report.window = 65535;
    report.options.sack_count = 4;
    for (uint32_t at = 3; at + 8 < 8000; at += 8) {
        for (uint32_t i = 0; i < 4; i++)
            report.options.sack[i] = (struct tcpip_tcp_block){s.own_base + at + 2 * i,
                                                              s.own_base + at + 2 * i + 1};
        script_inject(&s, &report);
        CHECK(s.connection->sack.peer_has.count <= TCPIP_RANGES);
        CHECK_EQUAL(allocated, s.allocated);
        CHECK(s.sent_count <= 2 * TCPIP_RANGES); /* and what leaves at once is bounded */
        s.sent_count = s.seen = 0;
    }
    CHECK_EQUAL(TCPIP_RANGES, s.connection->sack.peer_has.count);
    report.options.sack_count = 0;
    report.acknowledgement = 8001;
    script_inject(&s, &report); /* it had all arrived */
    CHECK_EQUAL(0, tcpip_ring_count(&s.connection->send));
    CHECK_EQUAL(0, s.connection->sack.peer_has.count);
    state(&s, TCPIP_TCP_ESTABLISHED);
    script_deinit(&s);
}

#endif

TEST(ledger_15_a_million_syns_cost_a_bounded_amount_of_memory)
{
    size_t base, most = 0;

    script_init(&s, NULL);
    script_established(&s, 0);
    base = s.allocated;
    s.listener.port = SCRIPT_LOCAL_PORT + 1;
    s.listener.backlog = 5;
    s.listener.owner = &s.owner;
    s.listener.settings = &(struct tcpip_tcp_settings){1000, 1000, 0};
    CHECK(tcpip_tcp_listen(&s.host, &s.listener));
    for (unsigned i = 0; i < 1000000; i++) {
        struct tcpip_tcp_segment syn = {0};
        struct tcpip_address from = tcpip_address_from_ipv4(test_random_next(&s.random));
        syn.header.source_port = (uint16_t)test_random_next(&s.random);
        syn.header.destination_port = SCRIPT_LOCAL_PORT + 1;
        syn.header.sequence = test_random_next(&s.random);
        syn.header.flags = TCPIP_TCP_SYN;
        struct tcpip_tcp_endpoints ends = tcpip_tcp_ends_of(&s.local, &from, &syn);
        tcpip_tcp_input(&s.host, &ends, &syn);
        s.sent_count = s.seen = 0;
        most = s.allocated > most ? s.allocated : most;
        if (i % 1000 == 0) { /* the connection that was there goes on */
            in(&s, "A", 1 + i / 1000 * 10, 1, 10);
            CHECK_EQUAL(10, app_read(&s));
        }
    }
    CHECK(most <= base + 5);
    pass_time(&s, 200000);
    CHECK_EQUAL(base, s.allocated);
    state(&s, TCPIP_TCP_ESTABLISHED);
    script_deinit(&s);
}

TEST(ledger_15_time_wait_of_many_short_connections_costs_a_bounded_amount)
{
    size_t most = 0;

    script_init(&s, NULL);
    for (unsigned i = 0; i < 20000; i++) {
        s.peer_port = (uint16_t)(1 + i % 60000);
        script_reach(&s, TCPIP_TCP_TIME_WAIT);
        most = s.allocated > most ? s.allocated : most;
        tcpip_tcp_close(s.connection);
        forget_sent(&s);
    }
    printf("20000 connections: at most %zu allocations at a time\n", most);
    CHECK(most <= s.host.config->time_wait_max + 3u); /* one with its buffers, the rest without */
    s.peer_port = 65000;
    script_open(&s); /* and there is room for another */
    pass_time(&s, s.host.config->time_wait);
    CHECK_EQUAL(0, s.host.time_waits);
    script_deinit(&s);
}

TEST(ledger_15_a_peer_that_answers_gets_in_during_a_flood)
{
    struct world world;

    world_init(&world, 5, NULL);
    world_listen(&world, 8, 1000, 0);
    world_open(&world, 1000, 0);
    for (unsigned i = 0; (world.sides[1].events & TCPIP_TCP_EVENT_CONNECTED) == 0; i++) {
        struct tcpip_tcp_segment syn = {0};
        struct tcpip_address from = tcpip_address_from_ipv4(0xc0a80000 + i);
        syn.header = (struct tcpip_tcp_header){.source_port = (uint16_t)(i + 1),
                                               .destination_port = 80,
                                               .sequence = i * 7919,
                                               .flags = TCPIP_TCP_SYN};
        CHECK(i < 100);
        struct tcpip_tcp_endpoints ends = tcpip_tcp_ends_of(&world.sides[1].address, &from, &syn);
        if (i % 2 == 0)
            tcpip_tcp_input(&world.sides[1].host, &ends, &syn);
        world_step(&world, world.now + 2);
    }
    tcpip_tcp_unlisten(&world.sides[1].listener);
    world_deinit(&world);
}

TEST(a_full_accept_queue_ignores_further_syns)
{
    struct world world;

    world_init(&world, 6, NULL);
    world.sides[1].hold_accept = true;
    world_listen(&world, 2, 1000, 0);
    for (unsigned i = 0; i < 3; i++) {
        world_open(&world, 1000, 0);
        world_run(&world, 100);
    }
    CHECK_EQUAL(2, world.sides[1].listener.waiting);
    CHECK_EQUAL(TCPIP_TCP_SYN_SENT, world.sides[0].connection->state);
    CHECK(tcpip_tcp_accept(&world.sides[1].listener, &world.sides[1].owner) != NULL);
    world_run(&world, 5000); /* the SYN is repeated and now finds room */
    CHECK_EQUAL(TCPIP_TCP_ESTABLISHED, world.sides[0].connection->state);
    tcpip_tcp_unlisten(&world.sides[1].listener);
    world_deinit(&world);
}

TEST(the_table_of_connections_is_bounded)
{
    struct tcpip_tcp_config config = tcpip_tcp_config_default;
    struct tcpip_tcp_endpoints endpoints = {.remote_port = 80};
    struct tcpip_tcp_settings settings = {10, 10, 0};
    unsigned opened = 0;

    config.connections_max = 10;
    script_init(&s, &config);
    endpoints.local = s.local;
    endpoints.remote = s.peer;
    while (opened < 100 && tcpip_tcp_open(&s.host, &endpoints, &settings, NULL) != NULL) {
        endpoints.local_port = 0;
        opened++;
    }
    CHECK_EQUAL(10, opened);
    script_deinit(&s);
}

/* Two hosts whose views differ must not answer each other for ever. */
TEST(an_ack_storm_dies_out)
{
    struct world world;

    world_init(&world, 7, NULL);
    world_connect(&world, 4096, 0);
    world.sides[0].connection->next += 5000;
    world.sides[0].connection->highest += 5000;
    world.sides[0].connection->unacknowledged += 5000;
    uint32_t before = world.carried;
    tcpip_tcp_service(world.sides[1].connection);
    world.sides[1].connection->ack_now = true;
    tcpip_tcp_service(world.sides[1].connection);
    world_run(&world, 10000);
    CHECK(world.carried - before < 500);
    world_deinit(&world);
}

TEST(random_segments_in_every_state_leave_the_engine_sound)
{
    static const char *const letters[] = {"A", "SA", "S",  "FA", "R",  "RA", "",
                                          "F", "PA", "AU", "SF", "FR", "SR", "SFRPAU"};

    for (unsigned round = 0; round < 3000; round++) {
        enum tcpip_tcp_state at = TCPIP_TCP_SYN_SENT + round % 10;
        if (at > TCPIP_TCP_TIME_WAIT)
            continue;
        script_init(&s, NULL);
        s.random.state += round;
        script_reach(&s, at);
        for (unsigned i = 0; i < 60; i++) {
            uint32_t near = test_random_below(&s.random, 5) - 2;
            s.sent_count = s.seen = 0;
            s.window = (uint16_t)test_random_below(&s.random, 3000);
            s.urgent = (uint16_t)test_random_next(&s.random);
            s.host.now += test_random_below(&s.random, 400);
            in(&s, letters[test_random_below(&s.random, 14)], near, 1 + near % 3,
               test_random_below(&s.random, 40));
            tcpip_tcp_run_timers(&s.host);
        }
        script_deinit(&s);
    }
}
