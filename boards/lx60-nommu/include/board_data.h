/* SPDX-License-Identifier: MIT */
/* The LX60 board with a DE212 core, which has no memory management: addresses of its devices, its interrupts
 * and their levels. */
#pragma once

#define BOARD_FPGA_AT        0x9d020000u
#define BOARD_FPGA_CLOCK     0x04u /* reads the clock in Hz */
#define BOARD_FPGA_RESET     0x10u
#define BOARD_FPGA_RESET_KEY 0xdeadu

#define BOARD_ETHERNET_AT    0x9d030000u
#define BOARD_UART_AT        0x9d050020u
#define BOARD_UART_STRIDE    4u
#define BOARD_UART_DIVISOR   1u /* 115200 baud of the emulator's clock */

#define BOARD_TIMER_HZ       40000000u

/* The interrupts of levels 1 to 7. */
#define BOARD_LEVELS                                                                               \
    {                                                                                              \
        0x000000ffu, 0x00000100u, 0x00000e00u, 0x00001000u, 0x00002000u, 0u, 0x00004000u           \
    }

enum board_line {
    BOARD_LINE_UART = 0,
    BOARD_LINE_ETHERNET = 1,
    BOARD_LINE_TIMER = 10,  /* CCOMPARE1, level 3 */
    BOARD_LINE_SPARE = 11,  /* software, level 3 */
    BOARD_LINE_URGENT = 13, /* CCOMPARE2, level 5 */
};

/* The CCOMPARE register of BOARD_LINE_URGENT. */
#define BOARD_URGENT_TIMER 2
