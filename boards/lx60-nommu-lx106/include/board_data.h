/* SPDX-License-Identifier: MIT */
/* The LX60 board with an LX106 core, the one of the ESP8266: one timer, and all interrupts but the
 * non-maskable one are of level 1. */
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

/* The interrupts of levels 1 to 3. */
#define BOARD_LEVELS                                                                               \
    {                                                                                              \
        0x00003fffu, 0u, 0x00004000u                                                               \
    }

enum board_line {
    BOARD_LINE_UART = 0,
    BOARD_LINE_ETHERNET = 1,
    BOARD_LINE_SPARE = 7,  /* software; the switch of tasks shares it */
    BOARD_LINE_TIMER = 31, /* none of the CPU's: the alarm that shares the tick's timer */
};
