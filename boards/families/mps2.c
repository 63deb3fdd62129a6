/* SPDX-License-Identifier: MIT */
/*
 * The MPS2 and MPS3 boards of Arm, whose images have the same peripherals in different places: two CMSDK
 * timers, the one for one interrupt at a time, the other as the clock since the start. Where they are
 * says the board's board_data.h.
 */
#include <board_data.h>

#include <board.h>
#include <board_interrupt.h>
#include <board_start.h>
#include <board_timer.h>
#include <cmsdk_timer.h>

#define ONE_SHOT ((volatile struct cmsdk_timer *)BOARD_TIMER0_AT)
#define CLOCK    ((volatile struct cmsdk_timer *)BOARD_TIMER1_AT)

static volatile uint32_t wraps;

static void count_wrap(void)
{
    cmsdk_timer_acknowledge(CLOCK);
    wraps++;
}

/* More urgent than the kernel: a masked section does not hide a wrap. */
void board_devices_start(void)
{
    board_interrupt_install(BOARD_LINE_CLOCK, count_wrap, 0);
    cmsdk_timer_run(CLOCK, 1);
}

void board_timer_once(uint32_t counts)
{
    cmsdk_timer_once(ONE_SHOT, counts);
}

void board_timer_acknowledge(void)
{
    cmsdk_timer_stop(ONE_SHOT);
}

uint32_t board_timer_counts(void)
{
    return cmsdk_timer_counts(CLOCK);
}

/* A wrap between the two readings changes `wraps`. */
uint64_t board_uptime_us(void)
{
    uint32_t wraps_before, counts;

    do {
        wraps_before = wraps;
        counts = board_timer_counts();
    } while (wraps_before != wraps);
    return ((uint64_t)wraps_before * 0x100000000u + counts) / (BOARD_TIMER_HZ / 1000000u);
}
