/* SPDX-License-Identifier: MIT */
/*
 * The board's interrupts, for drivers, tests and measurements: handlers go straight into the vector
 * table, so nothing runs between the CPU's entry and the handler.
 */
#pragma once

#include <stdint.h>

/* Lines of the NVIC. */
enum board_interrupt {
    BOARD_TIMER0 = 8,
    BOARD_TIMER1 = 9,
    BOARD_SPARE = 31, /* wired to nothing: for board_interrupt_pend */
};

typedef void board_handler(void);

/* Names the handler of a line, gives it its priority (as in the register: in the upper bits), and
 * enables it. From anywhere; the line must be quiet if it had another handler. */
void board_interrupt_install(enum board_interrupt line, board_handler *handler, uint8_t priority);

/* Names the handler of an exception of the CPU's own, by its number (15: SysTick). */
void board_exception_install(unsigned exception, board_handler *handler);

/* Makes the line pending; when interrupts are open it is taken before this returns. From
 * anywhere. */
void board_interrupt_pend(enum board_interrupt line);

/* TIMER0 interrupts once, `counts` of the board's clock (25 MHz) from now, at least 1. From
 * anywhere; an earlier request is replaced. */
void board_timer_once(uint32_t counts);

/* To be called by the handler of TIMER0: ends its request. */
void board_timer_acknowledge(void);

/* Counts of TIMER1, which runs freely at 25 MHz and wraps after 171 seconds. */
uint32_t board_timer_counts(void);
