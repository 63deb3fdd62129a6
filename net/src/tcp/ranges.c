/* SPDX-License-Identifier: MIT */
#include "tcp/ranges.h"

#include <stddef.h>

#include "FreeRTOSIPConfigDefaults.h"

#if ipconfigUSE_TCP_WIN

uint32_t tcpip_ranges_join(struct tcpip_ranges *ranges, unsigned from, uint32_t end)
{
    unsigned reached = from;

    /*@ loop invariant from <= reached <= ranges->count;
        loop invariant \forall integer base, limit;
            0 <= base <= 0xffffffff && 0 <= limit <= 0x7fffffff ==>
            tcpip_ranges_within{Pre}(ranges, base, limit) ==> 
            tcpip_way(base, \at(end, Pre)) <= limit ==> tcpip_way(base, end) <= limit;
        loop assigns reached, end;
        loop variant ranges->count - reached; */
    while (reached < ranges->count && tcpip_sequence_at_most(ranges->range[reached].start, end)) {
        end = tcpip_sequence_max(end, ranges->range[reached].end);
        reached++;
    }
    /*@ loop invariant from <= reached <= ranges->count;
        loop invariant reached - from == \at(reached - from, LoopEntry);
        loop invariant \forall integer base, limit;
            0 <= base <= 0xffffffff && 0 <= limit <= 0x7fffffff ==>
            tcpip_ranges_within{Pre}(ranges, base, limit) ==> 
            tcpip_ranges_within(ranges, base, limit);
        loop assigns from, reached, ranges->range[0 .. TCPIP_RANGES - 1];
        loop variant ranges->count - reached; */
    while (reached < ranges->count)
        ranges->range[from++] = ranges->range[reached++];
    ranges->count = (uint8_t)from;
    return end;
}

bool tcpip_ranges_add(struct tcpip_ranges *ranges, uint32_t start, uint32_t end)
{
    unsigned first = 0;

    /*@ loop invariant first <= ranges->count;
        loop assigns first;
        loop variant ranges->count - first; */
    while (first < ranges->count && tcpip_sequence_before(ranges->range[first].end, start))
        first++;
    if (first < ranges->count)
        start = tcpip_sequence_min(start, ranges->range[first].start);
    end = tcpip_ranges_join(ranges, first, end);
    if (ranges->count == TCPIP_RANGES)
        return false;
    /*@ loop invariant first <= i <= ranges->count;
        loop invariant \forall integer base, limit;
            0 <= base <= 0xffffffff && 0 <= limit <= 0x7fffffff ==>
            tcpip_ranges_within{Pre}(ranges, base, limit) ==>
            tcpip_way(base, \at(start, Pre)) <= limit ==> tcpip_way(base, \at(end, Pre)) <= limit ==>
            tcpip_ranges_within(ranges, base, limit) &&
            (i < ranges->count ==> tcpip_way(base, ranges->range[ranges->count].start) <= limit &&
                                   tcpip_way(base, ranges->range[ranges->count].end) <= limit);
        loop assigns i, ranges->range[0 .. TCPIP_RANGES - 1];
        loop variant i - first; */
    for (unsigned i = ranges->count; i > first; i--)
        ranges->range[i] = ranges->range[i - 1];
    ranges->range[first] = (struct tcpip_range){start, end};
    ranges->count++;
    return true;
}

#endif
