/* SPDX-License-Identifier: MIT */
#include "tcp/ranges.h"

#include <stddef.h>

#include "tcp/sequence.h"

const struct tcpip_range *tcpip_ranges_find(const struct tcpip_ranges *ranges, uint32_t sequence)
{
    /*@ loop invariant i <= ranges->count;
        loop assigns i;
        loop variant ranges->count - i; */
    for (unsigned i = 0; i < ranges->count; i++)
        if (tcpip_sequence_at_least(sequence, ranges->range[i].start) &&
            tcpip_sequence_before(sequence, ranges->range[i].end))
            return &ranges->range[i];
    return NULL;
}
