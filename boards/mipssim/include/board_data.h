/* SPDX-License-Identifier: MIT */
/* The machine of MIPS's simulator: addresses of its devices in kseg1, and the CPU's lines that they have. */
#pragma once

#define BOARD_UART_AT      0xbfd003f8u
#define BOARD_UART_STRIDE  1u
#define BOARD_UART_DIVISOR 1u /* 115200 baud of the emulator's clock */
#define BOARD_ETHERNET_AT  0xbfd04200u

#define BOARD_TIMER_HZ     6000000u /* of Count */

enum board_line {
    BOARD_LINE_SPARE = 1, /* software */
    BOARD_LINE_ETHERNET = 2,
    BOARD_LINE_UART = 4,
    BOARD_LINE_TIMER = 8, /* none of the CPU's: the alarm that shares the tick's timer */
};
