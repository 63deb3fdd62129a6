/* SPDX-License-Identifier: MIT */
/* Out-of-order data: see reassembly.h for the rules of overlap and of bounds. */
#include "tcp/reassembly.h"

#include <string.h>

#include "tcp/sequence.h"

void tcpip_reassembly_init(struct tcpip_reassembly *reassembly)
{
    reassembly->count = 0;
    reassembly->has_fin = false;
}

static void remove_ranges(struct tcpip_reassembly *reassembly, uint8_t from, uint8_t to)
{
    memmove(&reassembly->ranges[from], &reassembly->ranges[to],
            (size_t)(reassembly->count - to) * sizeof reassembly->ranges[0]);
    reassembly->count = (uint8_t)(reassembly->count - (to - from));
}

static void insert_range(struct tcpip_reassembly *reassembly, uint8_t at, struct tcpip_range range)
{
    memmove(&reassembly->ranges[at + 1], &reassembly->ranges[at],
            (size_t)(reassembly->count - at) * sizeof reassembly->ranges[0]);
    reassembly->ranges[at] = range;
    reassembly->count++;
}

/* Adds a range, joined with those it touches. False: the list is full. */
static bool add(struct tcpip_reassembly *reassembly, struct tcpip_range range)
{
    uint8_t first = 0, last;

    while (first < reassembly->count &&
           tcpip_sequence_before(reassembly->ranges[first].end, range.start))
        first++;
    for (last = first; last < reassembly->count &&
                       tcpip_sequence_at_most(reassembly->ranges[last].start, range.end);
         last++) {
        range.start = tcpip_sequence_min(range.start, reassembly->ranges[last].start);
        range.end = tcpip_sequence_max(range.end, reassembly->ranges[last].end);
    }
    if (first == last && reassembly->count == TCPIP_REASSEMBLY_RANGES)
        return false;
    remove_ranges(reassembly, first, last);
    insert_range(reassembly, first, range);
    return true;
}

/* Copies the parts of the data that no range holds yet. */
static void place_gaps(const struct tcpip_reassembly *reassembly, struct tcpip_ring *ring,
                       uint32_t next, uint32_t sequence, const uint8_t *bytes, uint32_t size)
{
    uint32_t at = sequence, end = sequence + size;

    for (uint8_t i = 0; i < reassembly->count && tcpip_sequence_before(at, end); i++) {
        uint32_t stop = tcpip_sequence_min(reassembly->ranges[i].start, end);
        if (tcpip_sequence_before(at, stop))
            tcpip_ring_place(ring, at - next, bytes + (at - sequence), stop - at);
        at = tcpip_sequence_max(at, reassembly->ranges[i].end);
    }
    if (tcpip_sequence_before(at, end))
        tcpip_ring_place(ring, at - next, bytes + (at - sequence), end - at);
}

/* Data in order needs no range: it ends where it ends, or where the ranges it reaches end. */
static uint32_t contiguous_end(struct tcpip_reassembly *reassembly, uint32_t end)
{
    uint8_t reached = 0;

    while (reached < reassembly->count &&
           tcpip_sequence_at_most(reassembly->ranges[reached].start, end)) {
        end = tcpip_sequence_max(end, reassembly->ranges[reached].end);
        reached++;
    }
    remove_ranges(reassembly, 0, reached);
    return end;
}

uint32_t tcpip_reassembly_take(struct tcpip_reassembly *reassembly, struct tcpip_ring *ring,
                               uint32_t next, uint32_t sequence, const uint8_t *bytes,
                               uint32_t size)
{
    struct tcpip_range range = {sequence, sequence + size};

    if (size == 0)
        return next;
    if (sequence == next) {
        place_gaps(reassembly, ring, next, sequence, bytes, size);
        uint32_t end = contiguous_end(reassembly, range.end);
        tcpip_ring_publish(ring, end - next);
        return end;
    }
    struct tcpip_reassembly before = *reassembly;
    if (add(reassembly, range))
        place_gaps(&before, ring, next, sequence, bytes, size);
    return next;
}

void tcpip_reassembly_fin(struct tcpip_reassembly *reassembly, uint32_t sequence)
{
    if (reassembly->has_fin)
        return;
    if (reassembly->count > 0 &&
        tcpip_sequence_after(reassembly->ranges[reassembly->count - 1].end, sequence))
        return;
    reassembly->has_fin = true;
    reassembly->fin = sequence;
}
