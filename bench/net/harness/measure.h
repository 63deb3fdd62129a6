/* SPDX-License-Identifier: MIT */
/*
 * Counting the instructions of the stack alone: the harness begins before each call into it and ends
 * behind it; whoever is called by the stack, but does not belong to it, pauses.
 *
 * On the host callgrind counts, and prints the sum itself; on a board a timer does. Both count the
 * instructions of beginning and ending too, which is why the stretches are counted: `bench empty`
 * measures what one costs.
 */
#pragma once

#include <stdint.h>

/* Counting starts: before that nothing is added up. */
void measure_start(void);
void measure_stop(void);

void measure_begin(void);
void measure_end(void);

#define measure_pause()  measure_end()
#define measure_resume() measure_begin()

/* Stretches from begin to end. */
extern uint32_t measure_stretches;

/* Instructions in tenths; 0 where callgrind has them. */
uint64_t measure_tenths(void);
