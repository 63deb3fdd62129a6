/* SPDX-License-Identifier: MIT */
/*
 * The two kinds of counters of Stellaris (Texas Instruments SPMS034, 10 and 11): a general-purpose timer,
 * here for one interrupt at a time, and the watchdog, here as a clock: it counts 32 bits down and, its
 * reset not enabled, begins again.
 */
#pragma once

#include <stdint.h>

void stellaris_timer_once(uintptr_t timer, uint32_t counts);
void stellaris_timer_stop(uintptr_t timer);

/* Starts the clock, which interrupts at each wrap. */
void stellaris_clock_start(uintptr_t watchdog);
void stellaris_clock_acknowledge(uintptr_t watchdog);
uint32_t stellaris_clock_counts(uintptr_t watchdog);
