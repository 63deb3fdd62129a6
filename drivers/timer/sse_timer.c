/* SPDX-License-Identifier: MIT */
#include "sse_timer.h"

enum { COUNTER_ENABLE = 1 << 0 };

void sse_counter_start(volatile uint32_t *control)
{
    *control = COUNTER_ENABLE;
}

/* The lower half may wrap between the readings. */
uint64_t sse_timer_counts(const volatile struct sse_timer *timer)
{
    uint32_t high, low;

    do {
        high = timer->count_high;
        low = timer->count_low;
    } while (high != timer->count_high);
    return (uint64_t)high * 0x100000000u + low;
}
