/* SPDX-License-Identifier: MIT */
/*
 * Two TCP engines and the wire between them, in virtual milliseconds.
 *
 * Segments travel as bytes with a real checksum: they are built by the wire format's writer, may be
 * lost, doubled, held back or damaged, and are checked and parsed at the far end. The same seed
 * gives the same run.
 */
#pragma once

#include "linnet_test.h"
#include "tcp/tcp.h"

#define WORLD_SEGMENT_MAX 1600

/* Each in percent of the segments. */
struct world_faults {
    unsigned lose, reorder, repeat, damage;
};

struct world_packet {
    struct world_packet *next;
    uint32_t due;
    unsigned to;
    size_t size;
    uint8_t bytes[WORLD_SEGMENT_MAX];
};

/* One end: the engine, and the last connection that its events were about. */
struct world_side {
    struct world *world;
    struct tcpip_tcp_environment environment;
    struct tcpip_deadline *timers;
    uint32_t refused[TCPIP_TCP_REFUSED_REASONS];
    struct tcpip_tcp_settings settings;
    struct tcpip_tcp_owner owner;
    struct tcpip_tcp_host host;
    struct tcpip_address address;
    struct tcpip_tcp_listener listener;
    struct tcpip_tcp_connection *connection;
    unsigned events; /* all that were seen */
    bool hold_accept;
};

struct world {
    uint32_t now, delay;
    struct world_faults faults;
    struct test_random random;
    struct world_packet *packets; /* by time */
    struct world_side sides[2];   /* 0 opens, 1 listens on port 80 */
    size_t allocated;
    uint32_t damaged_caught, carried;
    bool cut;
    bool no_sack; /* as if neither end could report what has arrived */
};

void world_init(struct world *world, uint64_t seed, const struct tcpip_tcp_config *config);

/* Checks that nothing is left allocated. */
void world_deinit(struct world *world);

void world_listen(struct world *world, uint16_t backlog, uint32_t buffers, uint8_t options);
void world_open(struct world *world, uint32_t buffers, uint8_t options);

/* Opens and runs until both ends are established. */
void world_connect(struct world *world, uint32_t buffers, uint8_t options);

/* Moves the clock to the next packet or timer, at most to `until`. False: nothing is left. */
bool world_step(struct world *world, uint32_t until);

/* Runs for so many milliseconds. */
void world_run(struct world *world, uint32_t duration);
