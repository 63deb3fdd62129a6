/* SPDX-License-Identifier: MIT */
/*
 * The whole stack on the wire, 10,000 hostile frames a second for ten seconds of virtual time, forty
 * at once every four milliseconds, in front of the honest frames of that millisecond, while a
 * connection with an honest peer moves data both ways. What is held stays bounded, what is sent in
 * answer too, and the connection keeps at least half of the rate that it has undisturbed.
 */
#include <stdio.h>

#include "tcp_peer.h"

enum { SECONDS = 10, BURST = 40, BURST_MS = 4 };

static size_t most_allocations;

/* --- the load --------------------------------------------------------------------------------------------- */

static void syn_flood(uint32_t number)
{
    struct tcpip_tcp_header header = {.source_port = (uint16_t)test_random_next(&peer.random),
                                      .destination_port = PEER_PORT,
                                      .sequence = test_random_next(&peer.random),
                                      .flags = TCPIP_TCP_SYN,
                                      .window = 65535};

    peer_strike(0xc6336400 + test_random_below(&peer.random, 65536), &header, 0);
}

/* As if the peer had sent it, by somebody who knows the ports and nothing else. */
static struct tcpip_tcp_header forged(unsigned flags)
{
    return (struct tcpip_tcp_header){.source_port = peer.theirs.connection->local_port,
                                     .destination_port = PEER_PORT,
                                     .sequence = test_random_next(&peer.random),
                                     .acknowledgement = test_random_next(&peer.random),
                                     .flags = (uint8_t)flags,
                                     .window = (uint16_t)test_random_next(&peer.random)};
}

static void ack_storm(uint32_t number)
{
    struct tcpip_tcp_header header = forged(TCPIP_TCP_ACK);

    peer_strike(PEER_ADDRESS, &header, 0);
}

static void reset_storm(uint32_t number)
{
    struct tcpip_tcp_header header = forged(number % 2 != 0 ? TCPIP_TCP_RST : TCPIP_TCP_SYN);

    peer_strike(PEER_ADDRESS, &header, 0);
}

static void outside_the_window(uint32_t number)
{
    struct tcpip_tcp_header header = forged(TCPIP_TCP_ACK);

    header.sequence = peer.ours.connection->expected + 0x10000000 + number;
    header.acknowledgement = peer.ours.connection->unacknowledged;
    peer_strike(PEER_ADDRESS, &header, 1300);
}

static void to_closed_ports(uint32_t number)
{
    struct tcpip_tcp_header header = forged(TCPIP_TCP_ACK);

    header.destination_port = (uint16_t)(1000 + number % 60000);
    peer_strike(0xc6336400 + number % 65536, &header, 1400);
}

/* A connection of its own, to send single bytes on, every second one, so that each is a hole. */
static void tiny_segments(uint32_t number)
{
    struct tcpip_tcp_header header = {.source_port = 4000,
                                      .destination_port = PEER_PORT,
                                      .flags = TCPIP_TCP_SYN,
                                      .window = 65535};
    struct tcpip_tcp_connection *connection;

    for (connection = tcpip_tcp_each(tcpip_tcp_host(), NULL);
         connection != NULL && connection->remote_port != 4000;
         connection = tcpip_tcp_each(tcpip_tcp_host(), connection))
        ;
    if (connection != NULL) {
        bool open = connection->state == TCPIP_TCP_ESTABLISHED;
        header.flags = TCPIP_TCP_ACK;
        header.sequence = connection->expected + (open ? 1 + number * 2 % 8000 : 0);
        header.acknowledgement = connection->highest;
    }
    peer_strike(0xc6336401, &header, 1);
}

static void count_allocations(void)
{
    size_t now = host_allocations;

    if (now > most_allocations)
        most_allocations = now;
}

/* Bytes a second, both ways together. */
static uint32_t rate(void (*attack)(uint32_t number))
{
    uint32_t before = peer.ours.received + peer.theirs.received, number = 0;

    for (unsigned ms = 0; ms < SECONDS * 1000; ms++) {
        for (unsigned i = 0; attack != NULL && ms % BURST_MS == 0 && i < BURST; i++)
            attack(number++);
        peer_pass_ms();
        peer_pump(&peer.ours);
        peer_pump(&peer.theirs);
        tcpip_tcp_ran();
        count_allocations();
    }
    return (peer.ours.received + peer.theirs.received - before) / SECONDS;
}

/* At most so many more allocations; at most one answer to each frame, and of those to forged segments of a
 * connection ten a second. */
static void stand(const char *name, void (*attack)(uint32_t number), size_t more_allocations)
{
    peer_begin();
    most_allocations = 0;
    uint32_t first = world.wire.sent, calm = rate(NULL);
    size_t base = most_allocations;
    uint32_t sent = world.wire.sent, starved = world.wire.starved;
    uint32_t attacked = rate(attack);
    uint32_t more = (world.wire.sent - sent - (sent - first)) / SECONDS;
    printf("%s: %u bytes/s undisturbed, %u at %u frames/s (%u %%); %d answers/s, %u found no "
           "room; %zu allocations, %zu before\n",
           name, (unsigned)calm, (unsigned)attacked, BURST / BURST_MS * 1000,
           (unsigned)(100.0 * attacked / calm), (int)more, (unsigned)(world.wire.starved - starved),
           most_allocations, base);
    CHECK(calm > 100000);
    CHECK(attacked >= calm / 2);
    CHECK(most_allocations <= base + more_allocations);
    CHECK((int32_t)more <= BURST / BURST_MS * 1000);
    CHECK(tcpip_tcp_host()->counters.challenges <= 10 * (SECONDS + 1));
    peer_end();
}

TEST(ledger_15_syn_flood_at_10000_a_second_halves_no_rate)
{
    stand("SYN flood", syn_flood, 4); /* the backlog */
}

TEST(ledger_12_ack_storm_at_10000_a_second_halves_no_rate)
{
    stand("ACK storm", ack_storm, 0);
}

TEST(ledger_12_reset_and_syn_storm_at_10000_a_second_halves_no_rate)
{
    stand("RST and SYN storm", reset_storm, 0);
}

TEST(ledger_16_tiny_segments_at_10000_a_second_halve_no_rate)
{
    stand("tiny segments", tiny_segments, 3); /* their connection and its two buffers */
}

TEST(out_of_window_flood_at_10000_a_second_halves_no_rate)
{
    stand("out of window", outside_the_window, 0);
}

TEST(flood_of_closed_ports_at_10000_a_second_halves_no_rate)
{
    stand("closed ports", to_closed_ports, 0);
}
