/* SPDX-License-Identifier: MIT */
/*
 * What an image asks of the machine that runs it: its argument, a line of output, the end; the timer by
 * which it counts instructions, the tick, and an interrupt. bare/ is a Cortex-M3 without anything below
 * it, board/ whatever linnet::board is. machine.h has besides
 *
 *   HOST_CLOCK_NS            nanoseconds of virtual time in a count of the clock
 *   HOST_STACK_WORDS(words)  the stack of a task that needs so many words on a Cortex-M3
 *   host_clock()             counts, growing
 *   host_stop_tick()         for the rest of the run
 *   host_interrupt()         the software interrupt of the tests; it is taken at once
 */
#pragma once

#include "machine.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The words behind the image's name, a blank between them; main's own arguments are given. */
const char *host_argument(int count, char **words);

void host_print(const char *text);

/* A number of tenths as text, with a blank behind it: 2608 is printed as 260.8. */
void host_print_tenths(uint64_t tenths);

/* Memory of the run's length, which no start-up code has to clear; from main or a task, once. */
void *host_memory(size_t size);

/* Gives the calling task floating point registers of its own, and something in them; or none. False:
 * there are none. */
bool host_floating_point(bool wanted);

_Noreturn void host_exit(int code);

/* Starts the clock, if that does not run yet. */
void host_clock_begin(void);

/* Names the handler of the software interrupt. */
void host_interrupt_begin(void (*handler)(void));
