/* SPDX-License-Identifier: MIT */
/*
 * Interrupts of a board, for its drivers, for tests and measurements. The start-up code of the port
 * (ports/PORT/start) fulfils this; which line is which device's stands in the board's board_data.h.
 *
 * Priorities are as the interrupt controller takes them. The port's board_priority.h has
 *   BOARD_PRIORITY_KERNEL   the most urgent one whose handlers may call the kernel
 *   BOARD_PRIORITY_LOW      one that BOARD_PRIORITY_KERNEL interrupts; the same where nothing nests
 *   BOARD_PRIORITY_URGENT   never masked by the kernel, and must not call it; not defined where the CPU
 *                           has no such priority
 */
#pragma once

#include <stdint.h>

typedef void board_handler(void);

/* Names the handler of a line, gives it its priority, and enables it. From anywhere; the line must be
 * quiet if it had another handler. */
void board_interrupt_install(unsigned line, board_handler *handler, uint8_t priority);

/* Holds a line off, and lets it in again; what came meanwhile stays pending. From anywhere. */
void board_interrupt_disable(unsigned line);
void board_interrupt_enable(unsigned line);

/* Makes a line pending that no device drives, by software; when interrupts are open it is taken
 * before this returns. BOARD_LINE_SPARE of board_data.h is one. From anywhere. */
void board_interrupt_pend(unsigned line);

/* The same with the tick's interrupt: a tick more than time has brought. From anywhere. */
void board_tick_pend(void);

/* Whether the tick or any other interrupt waits to be taken. From a task. */
int board_interrupt_is_pending(void);
