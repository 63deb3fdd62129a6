/* SPDX-License-Identifier: MIT */
#include "sse_timer.h"

enum { CONTROL_ENABLE = 1 << 0, COUNTER_ENABLE = 1 << 0 };

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

void sse_timer_once(volatile struct sse_timer *timer, uint32_t counts)
{
    const uint64_t at = sse_timer_counts(timer) + counts;

    timer->control = 0;
    timer->compare_low = (uint32_t)at;
    timer->compare_high = (uint32_t)(at >> 32);
    timer->control = CONTROL_ENABLE;
}

void sse_timer_stop(volatile struct sse_timer *timer)
{
    timer->control = 0;
}
