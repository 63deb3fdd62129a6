/* SPDX-License-Identifier: MIT */
/* The LM3S6965 and its board (data sheet of Texas Instruments, SPMS034). */
#pragma once

#define BOARD_TIMER_HZ    50000000u
#define BOARD_SYSTEM_AT   0x400fe000u
#define BOARD_TIMER0_AT   0x40030000u
#define BOARD_WATCHDOG_AT 0x40000000u
#define BOARD_PORT_A_AT   0x40004000u
#define BOARD_UART_AT     0x4000c000u
#define BOARD_ETHERNET_AT 0x40048000u

/* Lines of the NVIC. */
enum board_line {
    BOARD_LINE_UART = 5,
    BOARD_LINE_CLOCK = 18, /* the watchdog */
    BOARD_LINE_TIMER = 19,
    BOARD_LINE_ETHERNET = 42,
    BOARD_LINE_SPARE = 63, /* wired to nothing: for board_interrupt_pend */
};
