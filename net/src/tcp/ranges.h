/* SPDX-License-Identifier: MIT */
/*
 * A bounded, sorted list of ranges of sequence numbers that never touch or overlap: what came
 * early, and what the peer says came early there. A full list takes no further range; whoever adds
 * treats that as if the bytes had not come. So no peer can make it grow, nor a step of it slow.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "tcp/sequence.h"

#define TCPIP_RANGES 8

struct tcpip_range {
    uint32_t start, end; /* [start, end) */
};

struct tcpip_ranges {
    uint8_t count;
    struct tcpip_range range[TCPIP_RANGES];
};

/*@ // All lie in so many bytes from `base` on.
    predicate tcpip_ranges_within{L}(struct tcpip_ranges *ranges, integer base, integer limit) =
        \forall integer i; 0 <= i < ranges->count ==>
            tcpip_way(base, ranges->range[i].start) <= limit &&
            tcpip_way(base, ranges->range[i].end) <= limit; */

/* Adds a range, joined with those it touches. False: the list is full. */
/*@ requires \valid(ranges) && ranges->count <= TCPIP_RANGES;
    assigns *ranges;
    ensures ranges->count <= TCPIP_RANGES && ranges->count <= \old(ranges->count) + 1;
    ensures !\result ==> \old(ranges->count) == TCPIP_RANGES;
    ensures \forall integer base, limit; 0 <= base <= 0xffffffff && 0 <= limit <= 0x7fffffff ==>
            tcpip_ranges_within{Old}(ranges, base, limit) ==>
            tcpip_way(base, start) <= limit ==> tcpip_way(base, end) <= limit ==>
            tcpip_ranges_within(ranges, base, limit); */
bool tcpip_ranges_add(struct tcpip_ranges *ranges, uint32_t start, uint32_t end);

/* Takes out the ranges from the one at `from` on that begin at or before `end`; returns the end of the
 * last of them if that is further on, else `end`. */
/*@ requires \valid(ranges) && from <= ranges->count <= TCPIP_RANGES;
    assigns *ranges;
    ensures from <= ranges->count <= \old(ranges->count);
    ensures \forall integer base, limit; 0 <= base <= 0xffffffff && 0 <= limit <= 0x7fffffff ==>
            tcpip_ranges_within{Old}(ranges, base, limit) ==> tcpip_way(base, end) <= limit ==>
            tcpip_ranges_within(ranges, base, limit) && tcpip_way(base, \result) <= limit; */
uint32_t tcpip_ranges_join(struct tcpip_ranges *ranges, unsigned from, uint32_t end);

/* The range that holds the byte, or NULL. */
/*@ requires \valid_read(ranges) && ranges->count <= TCPIP_RANGES;
    assigns \nothing;
    ensures \result != \null ==> \exists integer i;
            0 <= i < ranges->count && \result == &ranges->range[i]; */
const struct tcpip_range *tcpip_ranges_find(const struct tcpip_ranges *ranges, uint32_t sequence);
