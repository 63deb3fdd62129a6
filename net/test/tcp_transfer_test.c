/* SPDX-License-Identifier: MIT */
/*
 * Bulk data both ways over a wire that loses, reorders, doubles and damages: every byte arrives,
 * once, in order, and both ends come to rest.
 */
#include "tcp_world.h"

#include <stdio.h>

#define TRANSFER 65536u

/* Byte number `at` of what side `from` sends. */
static uint8_t pattern(uint64_t seed, unsigned from, uint32_t at)
{
    uint32_t mixed = (uint32_t)seed * 2654435761u + from * 40503u + at;

    return (uint8_t)(mixed ^ mixed >> 8 ^ mixed >> 16);
}

struct progress {
    uint32_t sent, received;
    bool shut;
};

static void pump(struct world *world, unsigned from, struct progress *progress, uint64_t seed)
{
    struct world_side *side = &world->sides[from];
    struct tcpip_tcp_connection *connection = side->connection;
    uint8_t buffer[1000];
    uint32_t got;

    if (connection == NULL || connection->state < TCPIP_TCP_ESTABLISHED)
        return;
    while (progress->sent < TRANSFER && tcpip_ring_free(&connection->send) > 0) {
        uint32_t size = 1 + test_random_below(&world->random, sizeof buffer);
        if (size > TRANSFER - progress->sent)
            size = TRANSFER - progress->sent;
        for (uint32_t i = 0; i < size; i++)
            buffer[i] = pattern(seed, from, progress->sent + i);
        progress->sent += (uint32_t)tcpip_ring_write(&connection->send, buffer, size);
    }
    while ((got = (uint32_t)tcpip_ring_copy(&connection->receive, buffer, sizeof buffer)) > 0) {
        for (uint32_t i = 0; i < got; i++)
            CHECK_EQUAL(pattern(seed, 1 - from, progress->received + i), buffer[i]);
        tcpip_ring_drop(&connection->receive, got);
        progress->received += got;
    }
    if (progress->sent == TRANSFER && !progress->shut) {
        progress->shut = true;
        tcpip_tcp_shutdown(connection);
    } else {
        tcpip_tcp_service(connection);
    }
}

static bool done(const struct world *world, const struct progress progress[2])
{
    for (unsigned i = 0; i < 2; i++)
        if (progress[i].received < TRANSFER ||
            (world->sides[i].events & TCPIP_TCP_EVENT_CLOSED) == 0)
            return false;
    return true;
}

struct outcome {
    uint32_t duration, damaged, repeated;
};

static bool without_sack;

static struct outcome transfer(uint64_t seed, struct world_faults faults, uint32_t buffers,
                               uint8_t options)
{
    struct tcpip_tcp_config config = tcpip_tcp_config_default;
    struct progress progress[2] = {{0}};
    struct world world;

    config.data_retries = 30;
    config.syn_retries = 20;
    config.rto_maximum = 8000;
    world_init(&world, seed, &config);
    world.faults = faults;
    world.no_sack = without_sack;
    uint32_t start = world.now;
    world_connect(&world, buffers, options);
    while (!done(&world, progress)) {
        for (unsigned i = 0; i < 2; i++) {
            CHECK((world.sides[i].events & TCPIP_TCP_EVENT_ERROR) == 0);
            pump(&world, i, &progress[i], seed);
        }
        CHECK(world_step(&world, world.now + 1000));
        CHECK(world.now - start < 3600000);
    }
    uint32_t duration = world.now - start;
    uint32_t repeated = world.sides[0].host.counters.retransmitted +
                        world.sides[1].host.counters.retransmitted;
    for (unsigned i = 0; i < 2; i++)
        tcpip_tcp_close(world.sides[i].connection);
    world.cut = true;
    world_run(&world, 120000);
    for (unsigned i = 0; i < 2; i++)
        CHECK_EQUAL(0, world.sides[i].host.connections);
    CHECK_EQUAL(0, world.allocated);
    world_deinit(&world);
    return (struct outcome){duration, world.damaged_caught, repeated};
}

static const struct world_faults bad_weather = {20, 10, 5, 1};
static const struct world_faults calm = {0, 0, 0, 0};

TEST(transfers_are_byte_exact_over_a_bad_wire)
{
    uint32_t damaged = 0;

    for (uint64_t seed = 0; seed < 40; seed++)
        damaged += transfer(seed, bad_weather, 8192, seed % 2 ? TCPIP_TCP_NO_DELAY : 0).damaged;
    CHECK(damaged > 0); /* and was caught, since every byte is compared */
}

TEST(transfers_are_byte_exact_with_every_size_of_buffer)
{
    for (uint32_t size = 100; size < 300000; size = size * 5 / 3)
        transfer(size, (struct world_faults){5, 10, 5, 1}, size, 0);
}

TEST(a_calm_wire_is_used_without_repetitions_and_in_time)
{
    /* 64 KiB each way, 10 ms round trip, windows of 16 KiB: a handful of round trips. */
    struct outcome outcome = transfer(1, calm, 16384, 0);

    printf("64 KiB each way: %u ms\n", (unsigned)outcome.duration);
    CHECK_EQUAL(0, outcome.repeated);
    CHECK(outcome.duration < 200);
}

TEST(each_single_fault_alone_is_survived)
{
    static const struct world_faults single[] = {
        {30, 0, 0, 0}, {0, 50, 0, 0}, {0, 0, 50, 0}, {0, 0, 0, 20}};

    for (size_t i = 0; i < sizeof single / sizeof single[0]; i++)
        for (uint64_t seed = 0; seed < 3; seed++)
            transfer(seed + 100, single[i], 4096, 0);
}

static uint64_t repeated_in_all(struct world_faults faults, uint64_t *duration)
{
    uint64_t repeated = 0;

    *duration = 0;
    for (uint64_t seed = 0; seed < 1000; seed++) {
        struct outcome outcome = transfer(seed, faults, 32768, 0);
        repeated += outcome.repeated;
        *duration += outcome.duration;
    }
    return repeated;
}

TEST(reports_of_what_has_arrived_save_time) /* RFC 2018 section 1 */
{
    static const struct world_faults lossy = {8, 0, 0, 0};
    uint64_t with_time, without_time;
    uint64_t with = repeated_in_all(lossy, &with_time);

    without_sack = true;
    uint64_t without = repeated_in_all(lossy, &without_time);
    printf("8 %% loss: with reports %u repetitions and %u ms, without %u and %u ms\n",
           (unsigned)with, (unsigned)with_time, (unsigned)without, (unsigned)without_time);
    CHECK(!ipconfigUSE_TCP_SACK || with_time < without_time);
}
