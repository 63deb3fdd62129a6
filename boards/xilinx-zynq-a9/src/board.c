/* SPDX-License-Identifier: MIT */
/* The Zynq-7000: the global timer is the clock since the start, the private timer that of one interrupt
 * at a time. */
#include <board_data.h>

#include <board.h>
#include <board_start.h>
#include <board_timer.h>
#include <mpcore_timer.h>

#define UNLOCK_KEY   0xdf0du
#define SOFT_RESET   1u
#define PRIVATE      ((volatile struct mpcore_private_timer *)(BOARD_MPCORE_AT + MPCORE_PRIVATE_TIMER))
#define GLOBAL       ((volatile struct mpcore_global_timer *)(BOARD_MPCORE_AT + MPCORE_GLOBAL_TIMER))
#define REGISTER(at) (*(volatile uint32_t *)(at))

void board_devices_start(void)
{
    mpcore_global_timer_run(GLOBAL);
    mpcore_private_timer_stop(PRIVATE);
}

void board_timer_once(uint32_t counts)
{
    mpcore_private_timer_once(PRIVATE, counts);
}

void board_timer_acknowledge(void)
{
    mpcore_private_timer_stop(PRIVATE);
}

uint32_t board_timer_counts(void)
{
    return (uint32_t)mpcore_global_timer_counts(GLOBAL);
}

uint64_t board_uptime_us(void)
{
    return mpcore_global_timer_counts(GLOBAL) / (BOARD_TIMER_HZ / 1000000u);
}

_Noreturn void board_restart(void)
{
    REGISTER(BOARD_UNLOCK_AT) = UNLOCK_KEY;
    REGISTER(BOARD_RESET_AT) = SOFT_RESET;
    for (;;) {
    }
}
