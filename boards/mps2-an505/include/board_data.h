/* SPDX-License-Identifier: MIT */
/* The AN505 image, by their secure addresses: addresses and lines of its devices (Arm DAI 0505, 3 and 4). */
#pragma once

#define BOARD_TIMER_HZ    20000000u
#define BOARD_TIMER0_AT   0x50000000u
#define BOARD_TIMER1_AT   0x50001000u
#define BOARD_UART_AT     0x50200000u
#define BOARD_UART_HZ     20000000u
#define BOARD_ETHERNET_AT 0x52000000u

/* Lines of the NVIC. */
enum board_line {
    BOARD_LINE_TIMER = 3,
    BOARD_LINE_CLOCK = 4,
    BOARD_LINE_UART_RX = 32,
    BOARD_LINE_UART_TX = 33,
    BOARD_LINE_ETHERNET = 48,
    BOARD_LINE_SPARE = 95, /* wired to nothing: for board_interrupt_pend */
};
