/* SPDX-License-Identifier: MIT */
/* The machine by the interfaces that every board fulfils. */
#pragma once

#include <board_data.h>

#include <board_interrupt.h>
#include <board_timer.h>
#include <stdint.h>

enum { HOST_CLOCK_NS = 1000000000u / BOARD_TIMER_HZ };

/* An interrupt may save more on a task's stack than it does on a Cortex-M3. */
#define HOST_STACK_WORDS(words) ((words) + 112)

static inline uint32_t host_clock(void)
{
    return board_timer_counts();
}

void host_stop_tick(void);

static inline void host_interrupt(void)
{
    board_interrupt_pend(BOARD_LINE_SPARE);
}
