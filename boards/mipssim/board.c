/* SPDX-License-Identifier: MIT */
/* The one timer of the machine: its alarm, and the time since the start. */
#include <board.h>
#include <board_data.h>
#include <board_start.h>
#include <board_timer.h>
#include <compare_tick.h>
#include <mips_api.h>
#include <mips_core.h>
#include <stddef.h>

void board_devices_start(void)
{
}

static void fire(void *argument)
{
    (void)argument;
    mips_call_handler(BOARD_LINE_TIMER);
}

void board_timer_once(uint32_t counts)
{
    rtos_compare_alarm(board_timer_counts() + counts, fire, NULL);
}

/* It is over when it comes. */
void board_timer_acknowledge(void)
{
}

uint32_t board_timer_counts(void)
{
    return READ_CP0(CP0_COUNT);
}

uint64_t board_uptime_us(void)
{
    return rtos_compare_counts() / (BOARD_TIMER_HZ / 1000000u);
}
