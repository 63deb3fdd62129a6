/* SPDX-License-Identifier: MIT */
/*
 * Hostile segments at 10,000 a second (load.h): at most one answer to each, and to forged segments of a
 * connection ten a second.
 */
#include "load.h"

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
    return (struct tcpip_tcp_header){.source_port = peer.theirs.connection->ends.local_port,
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
         connection != NULL && connection->ends.remote_port != 4000;
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

static void stand(const char *name, void (*attack)(uint32_t number), size_t more_allocations)
{
    const struct load load = {name, attack, more_allocations, 0};

    peer_begin();
    load_stand(&load);
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
