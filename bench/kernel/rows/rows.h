/* SPDX-License-Identifier: MIT */
/*
 * The rows that are measured by running: each runs in an image of its own start, as the only thing
 * that happens. A row is a function that runs in a task of the highest priority but one, gives its
 * result with row_result, and returns.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

/* True with the argument `trace`: few operations, between the marks. */
bool row_traced(void);

/* Prints the row's figure in tenths of an instruction, and over how many operations it is. */
void row_result(uint64_t tenths, uint32_t operations);

/* The marks between which a trace counts: functions that a log of execution shows by name. */
void bench_trace_begin(void);
void bench_trace_end(void);

/* How often the body of a loop runs: 10,000 times, or 100 under a trace. */
uint32_t row_repeats(void);

/* Times a loop of calls of `operation` and takes off what the same loop costs with an empty
 * function; the tick is stopped meanwhile. Gives the result. */
void row_time(void (*operation)(void));

/* A task that waits, of a priority above or below the row's own. */
void row_task(void (*entry)(void *), void *argument, bool higher);

void row_semaphore_round(void);
void row_notify_round(void);
void row_queue_round(void);
void row_delay_1_last(void);
void row_delay_1_first(void);
void row_delay_1_random(void);
void row_delay_1_equal(void);
void row_delay_1_sooner(void);
void row_delay_1000_last(void);
void row_delay_1000_first(void);
void row_delay_1000_random(void);
void row_delay_1000_equal(void);
void row_delay_1000_sooner(void);
void row_idle_tick_1000(void);

void row_context_yield(void);
void row_context_yield_fpu(void);
void row_context_interrupt(void);
void row_context_interrupt_fpu(void);

/* Gives no figure of its own: the masked sections in it are what counts. */
void row_objects_16(void);
void row_objects_1000(void);
