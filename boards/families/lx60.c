/* SPDX-License-Identifier: MIT */
/* The LX60 board, an FPGA that takes many an Xtensa core. Its clock, and the time since the start. */
#include <board.h>
#include <board_data.h>
#include <board_start.h>
#include <compare_tick.h>
#include <xtensa_port.h>

uint32_t xtbsp_clock_freq_hz(void)
{
    return *(const volatile uint32_t *)(BOARD_FPGA_AT + BOARD_FPGA_CLOCK);
}

void board_devices_start(void)
{
    static const uint32_t levels[] = BOARD_LEVELS;

    for (unsigned i = 0; i < sizeof levels / sizeof levels[0]; i++)
        xt_set_level(i + 1, levels[i]);
}

/* The board's own reset: QEMU loads the image again and leaves the other RAM as it was. */
_Noreturn void board_restart(void)
{
    for (;;)
        *(volatile uint32_t *)(BOARD_FPGA_AT + BOARD_FPGA_RESET) = BOARD_FPGA_RESET_KEY;
}

uint64_t board_uptime_us(void)
{
    return rtos_compare_counts() / (BOARD_TIMER_HZ / 1000000u);
}
