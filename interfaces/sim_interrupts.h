/* SPDX-License-Identifier: MIT */
/*
 * The simulated CPU's interrupts, as the kernel's port, devices and tests use them. One host thread
 * runs everything; "masked" is a flag of the simulator, and interrupts never nest.
 */
#pragma once

#include <stdbool.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Masks interrupts and returns the state before, to be given to sim_interrupts_restore. From
 * anywhere; nests. */
unsigned long sim_interrupts_mask(void);

/* Goes back to `state`; when that opens interrupts, those that are due are taken before it
 * returns, and a task switch may happen. From where the state was taken. */
void sim_interrupts_restore(unsigned long state);

/* Runs in interrupt context: portCHECK_IF_IN_ISR() is true, no other interrupt nests, and a switch
 * asked for with portYIELD_FROM_ISR is taken when it returns. */
typedef void sim_handler(void *argument);

/* Pends one call of `handler`, taken at once, or, when interrupts are masked or from an interrupt,
 * as soon as they open. False: 64 are pending already. From a task, from a simulated interrupt, or
 * before the scheduler starts. */
bool sim_raise(sim_handler *handler, void *argument);

/* From an interrupt: a task switch is due when it returns. */
void sim_yield_from_isr(void);

#ifdef __cplusplus
}
#endif
