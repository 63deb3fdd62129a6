/* SPDX-License-Identifier: MIT */
/*
 * The timers of Cortex-A9 MPCore (Arm DDI 0407, 4.1 to 4.4), which count with half the CPU's clock: the
 * private timer, used for one interrupt at a time, and the global timer as a clock. The global timer's
 * comparator is left alone.
 */
#pragma once

#include <stdint.h>

/* Distances from the start of the private memory region. */
enum { MPCORE_GLOBAL_TIMER = 0x200, MPCORE_PRIVATE_TIMER = 0x600 };

struct mpcore_private_timer {
    uint32_t load, count, control, status;
};

struct mpcore_global_timer {
    uint32_t count[2], control, status, compare[2], increment;
};

/* Interrupts once, so many counts from now, at least 1; an earlier request is replaced. */
void mpcore_private_timer_once(volatile struct mpcore_private_timer *timer, uint32_t counts);

/* Ends a request, and the interrupt that it made. */
void mpcore_private_timer_stop(volatile struct mpcore_private_timer *timer);

/* From 0, if it does not run already. */
void mpcore_global_timer_run(volatile struct mpcore_global_timer *timer);

uint64_t mpcore_global_timer_counts(volatile struct mpcore_global_timer *timer);
