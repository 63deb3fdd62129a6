/* SPDX-License-Identifier: MIT */
/* The AN386 image: addresses and lines of its devices (Arm DAI 0386, 3 and 4). */
#pragma once

#define BOARD_TIMER_HZ    25000000u
#define BOARD_TIMER0_AT   0x40000000u
#define BOARD_TIMER1_AT   0x40001000u
#define BOARD_WATCHDOG_AT 0x40008000u
#define BOARD_WATCHDOG_HZ 25000000u
#define BOARD_UART_AT     0x40004000u
#define BOARD_UART_HZ     25000000u
#define BOARD_ETHERNET_AT 0x40200000u

/* Lines of the NVIC. */
enum board_line {
    BOARD_LINE_UART_RX = 0,
    BOARD_LINE_UART_TX = 1,
    BOARD_LINE_TIMER = 8,
    BOARD_LINE_CLOCK = 9,
    BOARD_LINE_ETHERNET = 13,
    BOARD_LINE_SPARE = 31, /* wired to nothing: for board_interrupt_pend */
};
