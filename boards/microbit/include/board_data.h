/* SPDX-License-Identifier: MIT */
/* The nRF51822 (Nordic's nRF51 Series Reference Manual 3.0). */
#pragma once

#define BOARD_TIMER_HZ  1000000u
#define BOARD_TIMER0_AT 0x40008000u /* 32 bits */
#define BOARD_TIMER1_AT 0x40009000u /* 16 bits: up to 65 ms */

/* Lines of the NVIC. */
enum board_line {
    BOARD_LINE_CLOCK = 8,
    BOARD_LINE_TIMER = 9,
    BOARD_LINE_SPARE = 31, /* wired to nothing: for board_interrupt_pend */
};
