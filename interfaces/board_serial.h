/* SPDX-License-Identifier: MIT */
/*
 * A board's first serial line. Boards whose board.conf names a BOARD_UART have it; the line itself is
 * drivers/uart's.
 */
#pragma once

#include <board_interrupt.h>

struct uart;

/* The board: starts the line with 8 bits, no parity, one stop bit, at 115200 baud where the device's rate
 * is the board's to choose. From then on its interrupts, which may call the kernel, call `handler`, which is
 * to call uart_interrupt. Once. */
struct uart *board_serial_start(board_handler *handler);

/* boards/common: from here on the console is the line: standard output and error, and standard input, of
 * which an emulator's has none. Until then it is the emulator's. A task waits while the line is full, and
 * to read until there is something; one task reads at a time, and a carriage return is the end of a line.
 * Standard error, and all output while no task may wait, is sent before the call ends, with interrupts
 * masked too. Not to be used in a critical section otherwise, nor from an interrupt.
 * Returns the line, whose counters say what was lost; NULL: there was no memory, and the console is what it was.
 * From a task or before the scheduler starts; called again it changes nothing. */
struct uart *board_console_serial(void);
