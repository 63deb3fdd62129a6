/* SPDX-License-Identifier: MIT */
/*
 * A bad cable: frames of both directions are lost, doubled, damaged, held back and let pass each
 * other; at times nothing gets through at all.
 *
 * Pure bookkeeping over bytes and a clock that is handed in, for drivers and tests. The n-th frame
 * of a direction meets the same fate with the same seed, whatever the other direction does and
 * however fast either is; only cuts are a matter of time. Frames of equal time leave in the order in
 * which they came. A damaged frame has one bit turned behind its Ethernet header, where only
 * checksums of the protocols see it; ARP has none and is spared, as a real link's check sequence
 * would.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { ETH_FAULTS_FRAME_MAX = 1518 /* with a VLAN tag */, ETH_FAULTS_FRAMES = 1024 };

enum eth_faults_way { ETH_FAULTS_OUT, ETH_FAULTS_IN, ETH_FAULTS_WAYS };

/* Chances are in parts of a thousand, times in microseconds. */
struct eth_faults_settings {
    uint64_t lose, duplicate, corrupt;
    uint64_t reorder, reorder_us;  /* that many are held back by up to reorder_us */
    uint64_t delay_us;             /* of every frame */
    uint64_t cut_every_us, cut_us; /* in each such stretch of time, the last cut_us pass nothing */
    uint64_t seed;
};

struct eth_faults_frame {
    uint64_t due;
    uint32_t next; /* of a list: index + 1, or 0 */
    uint16_t size;
    uint8_t bytes[ETH_FAULTS_FRAME_MAX];
};

/* What became of the frames of one direction. */
struct eth_faults_counters {
    uint64_t frames, lost, duplicated, corrupted, reordered, cut;
    uint64_t crowded; /* lost because ETH_FAULTS_FRAMES were under way */
};

struct eth_faults {
    struct eth_faults_settings settings;
    struct eth_faults_counters counters[ETH_FAULTS_WAYS];
    uint64_t random[ETH_FAULTS_WAYS];
    uint32_t first[ETH_FAULTS_WAYS], unused; /* lists: by time, and free */
    struct eth_faults_frame frames[ETH_FAULTS_FRAMES];
};

/* Reads "lose=20,duplicate=5,corrupt=1,reorder=10,reorder-ms=20,delay-ms=5,cut-every-ms=10000,
 * cut-ms=500,seed=7", each part optional. False: the text says something else; *settings is then
 * not to be used. */
bool eth_faults_parse(const char *text, struct eth_faults_settings *settings);

void eth_faults_init(struct eth_faults *faults, const struct eth_faults_settings *settings);

/* A frame comes in at one end of the cable. Longer ones than ETH_FAULTS_FRAME_MAX are lost. */
void eth_faults_put(struct eth_faults *faults, enum eth_faults_way way, const uint8_t *bytes,
                    size_t size, uint64_t now_us);

/* The frame that has to leave at the other end by now, or NULL. It stays until it is dropped. */
const struct eth_faults_frame *eth_faults_due(const struct eth_faults *faults,
                                              enum eth_faults_way way, uint64_t now_us);
void eth_faults_drop(struct eth_faults *faults, enum eth_faults_way way);

/* When the next frame of that direction leaves; UINT64_MAX: none is under way. */
uint64_t eth_faults_next(const struct eth_faults *faults, enum eth_faults_way way);
