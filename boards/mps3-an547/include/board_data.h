/* SPDX-License-Identifier: MIT */
/* The AN547 image, by their secure addresses: addresses and lines of its devices (Arm DAI 0547, 3 and 4). */
#pragma once

#define BOARD_TIMER_HZ    32000000u
#define BOARD_TIMER_AT    0x5802f000u /* the slow one, at 32 kHz */
#define BOARD_CLOCK_AT    0x58000000u
#define BOARD_COUNTER_AT  0x58100000u
#define BOARD_UART_AT     0x59303000u
#define BOARD_UART_HZ     25000000u
#define BOARD_ETHERNET_AT 0x51400000u

/* Lines of the NVIC. */
enum board_line {
    BOARD_LINE_TIMER = 2,
    BOARD_LINE_UART_RX = 33,
    BOARD_LINE_UART_TX = 34,
    BOARD_LINE_ETHERNET = 49,
    BOARD_LINE_SPARE = 95, /* wired to nothing: for board_interrupt_pend */
};
