/* SPDX-License-Identifier: MIT */
#include "mpcore_timer.h"

enum { PRIVATE_ENABLE = 1 << 0, PRIVATE_INTERRUPT = 1 << 2, GLOBAL_ENABLE = 1 << 0 };

void mpcore_private_timer_stop(volatile struct mpcore_private_timer *timer)
{
    timer->control = 0;
    timer->status = 1;
}

void mpcore_private_timer_once(volatile struct mpcore_private_timer *timer, uint32_t counts)
{
    mpcore_private_timer_stop(timer);
    timer->load = counts;
    timer->control = PRIVATE_ENABLE | PRIVATE_INTERRUPT;
}

/* It can be set only while it stands still. */
void mpcore_global_timer_run(volatile struct mpcore_global_timer *timer)
{
    if (timer->control & GLOBAL_ENABLE)
        return;
    timer->count[0] = 0;
    timer->count[1] = 0;
    timer->control = GLOBAL_ENABLE;
}

/* The upper half may change between the two looks at the lower one. */
uint64_t mpcore_global_timer_counts(volatile struct mpcore_global_timer *timer)
{
    uint32_t upper, lower;

    do {
        upper = timer->count[1];
        lower = timer->count[0];
    } while (upper != timer->count[1]);
    return upper * 0x100000000u + lower;
}
