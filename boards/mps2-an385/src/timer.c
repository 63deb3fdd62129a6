/* SPDX-License-Identifier: MIT */
/*
 * The board's two CMSDK timers (Arm DDI 0479, 4.2): TIMER0 for one interrupt at a time, TIMER1 as
 * the clock since the start. Both count down at the CPU's clock.
 */
#include "board_interrupt.h"
#include "board_local.h"

#include <FreeRTOS.h>

#include <board.h>

struct cmsdk_timer {
    uint32_t control, value, reload, interrupt;
};

enum { CONTROL_ENABLE = 1 << 0, CONTROL_INTERRUPT = 1 << 3 };

#define TIMER0            ((volatile struct cmsdk_timer *)0x40000000u)
#define TIMER1            ((volatile struct cmsdk_timer *)0x40001000u)
#define COUNTS_PER_SECOND 25000000u

static volatile uint32_t wraps;

static void count_wrap(void)
{
    TIMER1->interrupt = 1;
    wraps++;
}

void board_timer_start(void)
{
    TIMER1->reload = UINT32_MAX;
    TIMER1->value = UINT32_MAX;
    /* More urgent than the kernel: a masked section does not hide a wrap. */
    board_interrupt_install(BOARD_TIMER1, count_wrap, 0);
    TIMER1->control = CONTROL_ENABLE | CONTROL_INTERRUPT;
}

uint32_t board_timer_counts(void)
{
    return UINT32_MAX - TIMER1->value;
}

/* A wrap between the two readings changes `wraps`. */
uint64_t board_uptime_us(void)
{
    uint32_t wraps_before, counts;

    do {
        wraps_before = wraps;
        counts = board_timer_counts();
    } while (wraps_before != wraps);
    return ((uint64_t)wraps_before * 0x100000000u + counts) / (COUNTS_PER_SECOND / 1000000u);
}

/* It would begin again after the interrupt, which the handler prevents. */
void board_timer_once(uint32_t counts)
{
    TIMER0->control = 0;
    TIMER0->interrupt = 1;
    TIMER0->reload = counts;
    TIMER0->value = counts;
    TIMER0->control = CONTROL_ENABLE | CONTROL_INTERRUPT;
}

void board_timer_acknowledge(void)
{
    TIMER0->control = 0;
    TIMER0->interrupt = 1;
}
