/* SPDX-License-Identifier: MIT */
/*
 * The timers of SSE-300: the slow one (32 kHz) for an interrupt at a time, so that `once` is up to 32 us
 * late, and the counter that the system timers share as the clock. QEMU 7.2 never comes back from a
 * system timer that is to interrupt while instructions are counted.
 */
#include <board_data.h>

#include <board.h>
#include <board_start.h>
#include <board_timer.h>
#include <cmsdk_timer.h>
#include <sse_timer.h>

#define SLOW_HZ  32000u
#define ONE_SHOT ((volatile struct cmsdk_timer *)BOARD_TIMER_AT)
#define CLOCK    ((volatile struct sse_timer *)BOARD_CLOCK_AT)

void board_devices_start(void)
{
    sse_counter_start((volatile uint32_t *)BOARD_COUNTER_AT);
}

void board_timer_once(uint32_t counts)
{
    cmsdk_timer_once(ONE_SHOT, (uint32_t)((uint64_t)counts * SLOW_HZ / BOARD_TIMER_HZ) + 1);
}

void board_timer_acknowledge(void)
{
    cmsdk_timer_stop(ONE_SHOT);
}

uint32_t board_timer_counts(void)
{
    return (uint32_t)sse_timer_counts(CLOCK);
}

uint64_t board_uptime_us(void)
{
    return sse_timer_counts(CLOCK) / (BOARD_TIMER_HZ / 1000000u);
}
