/* SPDX-License-Identifier: MIT */
/*
 * A board's own timers, besides the kernel's tick: one interrupt at a time for tests, and a clock since
 * the start, on which board_uptime_us (board.h) stands. board_data.h has BOARD_TIMER_HZ, their clock,
 * and BOARD_LINE_TIMER, the line of the one-shot timer.
 */
#pragma once

#include <stdint.h>

/* Interrupts once, `counts` of BOARD_TIMER_HZ from now, at least 1. From anywhere; an earlier request
 * is replaced. */
void board_timer_once(uint32_t counts);

/* To be called by the handler of BOARD_LINE_TIMER: ends its request. */
void board_timer_acknowledge(void);

/* Counts of a timer that runs freely with BOARD_TIMER_HZ, modulo 2^32. From anywhere. */
uint32_t board_timer_counts(void);
