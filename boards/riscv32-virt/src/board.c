/* SPDX-License-Identifier: MIT */
/* The virt machine: the machine timer is the clock since the start, the alarm of the real-time clock
 * the timer of one interrupt at a time. */
#include <board_data.h>

#include <board.h>
#include <board_interrupt.h>
#include <board_start.h>
#include <board_timer.h>
#include <goldfish_rtc.h>
#include <riscv_interrupt.h>

_Static_assert(BOARD_LINE_SPARE == RISCV_LINE_SOFTWARE, "the spare line is pended by software");

#define RTC           ((volatile struct goldfish_rtc *)BOARD_RTC_AT)
#define MTIME         ((volatile uint32_t *)BOARD_MTIME_AT)
#define NS_PER_COUNT  (1000000000u / BOARD_TIMER_HZ)
#define RESET_MACHINE 0x7777u

static uint64_t started;

/* The upper half may change between the two looks at the lower one. */
static uint64_t machine_time(void)
{
    uint32_t upper, lower;

    do {
        upper = MTIME[1];
        lower = MTIME[0];
    } while (upper != MTIME[1]);
    return upper * 0x100000000u + lower;
}

void board_devices_start(void)
{
    started = machine_time();
    riscv_interrupt_start(BOARD_PLIC_AT, BOARD_SOFTWARE_AT);
    goldfish_rtc_stop(RTC);
}

void board_timer_once(uint32_t counts)
{
    goldfish_rtc_once(RTC, (uint64_t)counts * NS_PER_COUNT);
}

void board_timer_acknowledge(void)
{
    goldfish_rtc_stop(RTC);
}

uint32_t board_timer_counts(void)
{
    return (uint32_t)(machine_time() - started);
}

uint64_t board_uptime_us(void)
{
    return (machine_time() - started) / (BOARD_TIMER_HZ / 1000000u);
}

_Noreturn void board_restart(void)
{
    *(volatile uint32_t *)BOARD_RESET_AT = RESET_MACHINE;
    for (;;) {
    }
}
