/* SPDX-License-Identifier: MIT */
#include "cmsdk_timer.h"

enum { CONTROL_ENABLE = 1 << 0, CONTROL_INTERRUPT = 1 << 3 };

void cmsdk_timer_run(volatile struct cmsdk_timer *timer, int interrupts)
{
    timer->control = 0;
    timer->reload = UINT32_MAX;
    timer->value = UINT32_MAX;
    timer->control = CONTROL_ENABLE | (interrupts ? (unsigned)CONTROL_INTERRUPT : 0u);
}

/* It would begin again after the interrupt, which the handler prevents. */
void cmsdk_timer_once(volatile struct cmsdk_timer *timer, uint32_t counts)
{
    cmsdk_timer_stop(timer);
    timer->reload = counts;
    timer->value = counts;
    timer->control = CONTROL_ENABLE | CONTROL_INTERRUPT;
}

void cmsdk_timer_stop(volatile struct cmsdk_timer *timer)
{
    timer->control = 0;
    timer->interrupt = 1;
}

void cmsdk_timer_acknowledge(volatile struct cmsdk_timer *timer)
{
    timer->interrupt = 1;
}

uint32_t cmsdk_timer_counts(const volatile struct cmsdk_timer *timer)
{
    return UINT32_MAX - timer->value;
}
