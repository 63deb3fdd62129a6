/* SPDX-License-Identifier: MIT */
#include "tcp/ranges.h"

#include <stddef.h>
#include <string.h>

#include "FreeRTOSIPConfigDefaults.h"
#include "tcp/sequence.h"

#if ipconfigUSE_TCP_WIN

/* Replaces the ranges from `from` up to `to` by `by`, 0 or 1 of them. */
static void replace(struct tcpip_ranges *ranges, unsigned from, unsigned to, unsigned by)
{
    memmove(&ranges->range[from + by], &ranges->range[to],
            (ranges->count - to) * sizeof ranges->range[0]);
    ranges->count = (uint8_t)(ranges->count - to + from + by);
}

bool tcpip_ranges_add(struct tcpip_ranges *ranges, uint32_t start, uint32_t end)
{
    unsigned first = 0, last;

    while (first < ranges->count && tcpip_sequence_before(ranges->range[first].end, start))
        first++;
    for (last = first;
         last < ranges->count && tcpip_sequence_at_most(ranges->range[last].start, end); last++) {
        start = tcpip_sequence_min(start, ranges->range[last].start);
        end = tcpip_sequence_max(end, ranges->range[last].end);
    }
    if (first == last && ranges->count == TCPIP_RANGES)
        return false;
    replace(ranges, first, last, 1);
    ranges->range[first] = (struct tcpip_range){start, end};
    return true;
}

uint32_t tcpip_ranges_join(struct tcpip_ranges *ranges, uint32_t end)
{
    unsigned reached = 0;

    while (reached < ranges->count && tcpip_sequence_at_most(ranges->range[reached].start, end)) {
        end = tcpip_sequence_max(end, ranges->range[reached].end);
        reached++;
    }
    replace(ranges, 0, reached, 0);
    return end;
}

const struct tcpip_range *tcpip_ranges_find(const struct tcpip_ranges *ranges, uint32_t sequence)
{
    for (unsigned i = 0; i < ranges->count; i++)
        if (tcpip_sequence_at_least(sequence, ranges->range[i].start) &&
            tcpip_sequence_before(sequence, ranges->range[i].end))
            return &ranges->range[i];
    return NULL;
}

#endif
