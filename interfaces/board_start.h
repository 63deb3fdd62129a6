/* SPDX-License-Identifier: MIT */
/*
 * From reset to main, and from a fault to the end: who calls whom between the port's start-up code
 * (ports/PORT/start), what all boards share (boards/common), and the board.
 *
 * Reset → port: stack, .data, .bss, vectors → board_start() → board_devices_start() → constructors →
 * main. Fault → port: registers into the record of board_crash_begin() → board_crash_end().
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

/* boards/common; called by the port once C can run. Prints what the last run's crash left, starts the
 * devices, runs constructors and main, and ends with main's exit code. */
_Noreturn void board_start(void);

/* The board: starts clocks and timers that drivers and board_uptime_us need. Before constructors. */
void board_devices_start(void);

/* The port, or the board where only a device of it can: restarts the machine as its reset line would;
 * RAM keeps its contents. */
_Noreturn void board_restart(void);

enum { BOARD_CRASH_REGISTERS = 24, BOARD_CRASH_STACK = 16, BOARD_CRASH_TEXT = 32 };

/* What a fault leaves in memory that no start-up clears (at board_crash_memory, by the linker
 * script): plain words, so that a debugger, or another build of the program, can read it. */
struct board_crash {
    uint32_t magic;
    char kind[BOARD_CRASH_TEXT]; /* what happened, in words */
    char task[BOARD_CRASH_TEXT]; /* the running task's name */
    uint32_t register_count, stack_count;
    uintptr_t registers[BOARD_CRASH_REGISTERS]; /* in the order of board_crash_register_names */
    uintptr_t stack_at;                         /* the stack pointer before the fault */
    uintptr_t stack[BOARD_CRASH_STACK];         /* what lay there */
    uint32_t checksum;
};

/* What the linker script sets aside for it, and behind it for a word that says whether the board was being
 * watched. */
enum { BOARD_CRASH_MEMORY = 256 };
_Static_assert(sizeof(struct board_crash) <= BOARD_CRASH_MEMORY - 4 || sizeof(uintptr_t) > 4,
               "a crash record is larger than the memory for it");

/* boards/common: what the last run left, until the next restart, or NULL. From anywhere. */
const struct board_crash *board_crash_last(void);

/* The port: names of its registers in a record, ended by NULL; "pc" and "lr" are among them. */
extern const char *const board_crash_register_names[];

/* boards/common; the board's watchdog begins to watch: at each crash `is_its` is asked whether that is its
 * interrupt, and if so names the kind BOARD_CRASH_WATCHDOG; then the machine stands until the watchdog
 * restarts it. NULL: it watches no more. */
#define BOARD_CRASH_WATCHDOG "the watchdog was not fed"
void board_watched(bool (*is_its)(struct board_crash *crash));

/* boards/common: names the kind of a record of an interrupt that nobody handles. */
void board_crash_name_interrupt(struct board_crash *crash, unsigned line);

/* boards/common; called by the port's fault handlers, interrupts masked: the record, empty, which stays in
 * its memory over a restart. The caller fills in kind, registers and stack_at. */
struct board_crash *board_crash_begin(void);

/* boards/common; called then. Completes the record, prints it, and ends the run with exit code 70 (or, with
 * the setting `after-crash=restart`, restarts the machine). */
_Noreturn void board_crash_end(void);
