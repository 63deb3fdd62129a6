/* SPDX-License-Identifier: MIT */
#include "tcp/ranges.h"

#include <stddef.h>

#include "FreeRTOSIPConfigDefaults.h"
#include "tcp/sequence.h"

#if ipconfigUSE_TCP_WIN

/* Takes the ranges from `from` up to `to` out. */
/*@ requires \valid(ranges) && from <= to <= ranges->count <= TCPIP_RANGES;
    assigns *ranges;
    ensures ranges->count == \old(ranges->count) - (to - from); */
static void take_out(struct tcpip_ranges *ranges, unsigned from, unsigned to)
{
    /*@ loop invariant to <= ranges->count && to - from == \at(to - from, Pre);
        loop assigns from, to, ranges->range[0 .. TCPIP_RANGES - 1];
        loop variant ranges->count - to; */
    while (to < ranges->count)
        ranges->range[from++] = ranges->range[to++];
    ranges->count = (uint8_t)from;
}

/* Makes a place for one more. */
/*@ requires \valid(ranges) && at <= ranges->count < TCPIP_RANGES;
    assigns *ranges;
    ensures ranges->count == \old(ranges->count) + 1; */
static void make_place(struct tcpip_ranges *ranges, unsigned at)
{
    /*@ loop invariant at <= i <= ranges->count;
        loop assigns i, ranges->range[0 .. TCPIP_RANGES - 1];
        loop variant i - at; */
    for (unsigned i = ranges->count; i > at; i--)
        ranges->range[i] = ranges->range[i - 1];
    ranges->count++;
}

bool tcpip_ranges_add(struct tcpip_ranges *ranges, uint32_t start, uint32_t end)
{
    unsigned first = 0, last;

    /*@ loop invariant first <= ranges->count;
        loop assigns first;
        loop variant ranges->count - first; */
    while (first < ranges->count && tcpip_sequence_before(ranges->range[first].end, start))
        first++;
    /*@ loop invariant first <= last <= ranges->count;
        loop assigns last, start, end;
        loop variant ranges->count - last; */
    for (last = first;
         last < ranges->count && tcpip_sequence_at_most(ranges->range[last].start, end); last++) {
        start = tcpip_sequence_min(start, ranges->range[last].start);
        end = tcpip_sequence_max(end, ranges->range[last].end);
    }
    if (first < last)
        take_out(ranges, first + 1, last);
    else if (ranges->count < TCPIP_RANGES)
        make_place(ranges, first);
    else
        return false;
    ranges->range[first] = (struct tcpip_range){start, end};
    return true;
}

uint32_t tcpip_ranges_join(struct tcpip_ranges *ranges, uint32_t end)
{
    unsigned reached = 0;

    /*@ loop invariant reached <= ranges->count;
        loop assigns reached, end;
        loop variant ranges->count - reached; */
    while (reached < ranges->count && tcpip_sequence_at_most(ranges->range[reached].start, end)) {
        end = tcpip_sequence_max(end, ranges->range[reached].end);
        reached++;
    }
    take_out(ranges, 0, reached);
    return end;
}

#endif
