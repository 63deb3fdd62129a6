/* SPDX-License-Identifier: MIT */
/* The timers of the micro:bit: TIMER0 is the clock, TIMER1 interrupts once. It has no network. */
#include <board_data.h>

#include <board.h>
#include <board_interrupt.h>
#include <board_priority.h>
#include <board_start.h>
#include <board_timer.h>
#include <nrf51_timer.h>
#include <stddef.h>

static volatile uint32_t wraps;

static void count_wrap(void)
{
    nrf51_timer_acknowledge(BOARD_TIMER0_AT);
    wraps++;
}

void board_devices_start(void)
{
    nrf51_timer_run(BOARD_TIMER0_AT);
    board_interrupt_install(BOARD_LINE_CLOCK, count_wrap, BOARD_PRIORITY_KERNEL);
}

void board_timer_once(uint32_t counts)
{
    nrf51_timer_once(BOARD_TIMER1_AT, counts);
}

void board_timer_acknowledge(void)
{
    nrf51_timer_stop(BOARD_TIMER1_AT);
}

uint32_t board_timer_counts(void)
{
    return nrf51_timer_counts(BOARD_TIMER0_AT);
}

uint64_t board_uptime_us(void)
{
    uint32_t wraps_before, counts;

    do {
        wraps_before = wraps;
        counts = board_timer_counts();
    } while (wraps_before != wraps);
    return (uint64_t)wraps_before * 0x100000000u + counts;
}

struct netif *board_netif(void)
{
    return NULL;
}
