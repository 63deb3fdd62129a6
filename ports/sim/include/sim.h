/* SPDX-License-Identifier: MIT */
/*
 * What the simulator port offers to tests and to the simulated board, beyond the kernel's own API.
 *
 * Virtual time (the default) uses no signals: the clock stands still while code runs and moves by a
 * fixed cost each time interrupts open (a "hook"), and jumps to the next tick or simulated
 * interrupt when the idle task runs. The same program with the same seed does the same thing at the
 * same virtual microsecond. A task that never calls the kernel never lets time pass.
 *
 * Real time: one tick is one tick of the host's monotonic clock, and a timer signal preempts.
 *
 * Choose the mode, and the settings of virtual time, before vTaskStartScheduler().
 */
#pragma once

#include "../../../interfaces/sim_device.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

void sim_virtual_time(void);
void sim_real_time(void);
bool sim_is_real_time(void);

/* --- virtual time ------------------------------------------------------------------------- */

/* A seed other than 0 makes ticks, and with them time slices, fall at pseudo-random hooks, and
 * delays due interrupts by a pseudo-random number of hooks. 0: as regular as a clock. */
void sim_seed(uint64_t seed);

/* What each hook costs; 1 us unless set. 0: only idling lets time pass. */
void sim_hook_cost_us(uint32_t microseconds);

/* How often interrupts have been opened by tasks since the scheduler started. */
uint64_t sim_hook_count(void);

/* Whether a task switch was asked for that is not made yet. */
bool sim_switch_is_due(void);

/* Brings the next tick forward to the hook of that number (sim_hook_count() + 1 is the next). Up
 * to 8 may be waiting; false: no room, or in the past. May be called while running. */
bool sim_preempt_at(uint64_t hook);

/* A hash over every task switch so far: who, at which hook, at what time. Tasks count by the order
 * of their creation, so it is the same in every run that does the same. */
uint64_t sim_trace_hash(void);

/* The run ends, with a message and exit code 1, when the virtual clock passes this; 0: never. The
 * default of 24 hours makes a deadlocked test fail in seconds. */
void sim_limit_us(uint64_t microseconds);

/* --- simulated interrupts at a chosen moment, in both modes --------------------------------- */

/* Like sim_raise (sim_interrupts.h), but at a time or at a hook. What lies in the past is due at
 * once. */
bool sim_interrupt_at(uint64_t microseconds, sim_handler *handler, void *argument);
bool sim_interrupt_at_hook(uint64_t hook, sim_handler *handler, void *argument);

#ifdef __cplusplus
}
#endif
