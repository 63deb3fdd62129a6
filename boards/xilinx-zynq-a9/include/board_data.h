/* SPDX-License-Identifier: MIT */
/* The Zynq-7000 (Xilinx UG585, 4 and 7.2): addresses and lines of its devices. */
#pragma once

#define BOARD_RESET_AT          0xf8000200u /* PSS_RST_CTRL of the system-level control registers */
#define BOARD_UNLOCK_AT         0xf8000008u
#define BOARD_UART_AT           0xe0000000u
#define BOARD_MPCORE_AT         0xf8f00000u

#define BOARD_ETHERNET_AT       0xe000b000u
#define BOARD_ETHERNET_CLOCK_AT 0xf8000140u /* GEM0_CLK_CTRL */

/* Counts of the global timer and of the private timer. */
#define BOARD_TIMER_HZ 100000000u

/* Lines of the interrupt controller. */
enum board_line {
    BOARD_LINE_SPARE = 15, /* a software interrupt: for board_interrupt_pend */
    BOARD_LINE_TIMER = 29, /* the private timer */
    BOARD_LINE_ETHERNET = 54,
    BOARD_LINE_UART = 59,
};
