/* SPDX-License-Identifier: MIT */
/*
 * The stack's timers, in milliseconds of a clock that wraps: a due time is at most 2^31 - 1 ms
 * away. Only the stack's task uses them.
 *
 * They lie in a heap of deadlines (core/deadline.h), with no memory beyond the timers themselves,
 * which belong to whoever starts them.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tcpip_end_point.h"

#define TCPIP_TIMER_FOREVER UINT32_MAX
#define TCPIP_TIMER_MAX     INT32_MAX

/* Says what is to happen. The timer is not running. */
void tcpip_timer_init(struct tcpip_timer *timer, void (*fire)(void *context), void *context);

/* Fires once, `delay` ms from now; a running timer is started anew. */
void tcpip_timer_start(struct tcpip_timer *timer, uint32_t delay);
void tcpip_timer_stop(struct tcpip_timer *timer);

static inline bool tcpip_timer_running(const struct tcpip_timer *timer)
{
    return timer->deadline.owner != NULL;
}

/* True when `time` is not later than `now`. */
static inline bool tcpip_time_reached(uint32_t now, uint32_t time)
{
    return now - time <= INT32_MAX;
}

/* Fires the timer that is due first, if one is at `now`, and returns 0: there may be others. Else the
 * ms until the next is due, or TCPIP_TIMER_FOREVER. */
uint32_t tcpip_timers_run(uint32_t now);

/* Milliseconds since some start, that do not wrap. */
uint64_t tcpip_clock(void);

/* Seconds since the stack was first set up, for what lasts longer than the timers reach. */
uint32_t tcpip_seconds(void);

/* True when none is running: nothing was forgotten. */
extern struct tcpip_deadline *tcpip_timers_waiting;

static inline bool tcpip_timers_idle(void)
{
    return tcpip_timers_waiting == NULL;
}
