/* SPDX-License-Identifier: MIT */
/*
 * The simulated CPU's interrupt mask, as the kernel and the simulated devices use it.
 */
#pragma once

/* Masks interrupts and returns the state before, to be given to sim_interrupts_restore. From
 * anywhere; nests. */
unsigned long sim_interrupts_mask(void);

/* Goes back to `state`; when that opens interrupts, those that are due are taken before it
 * returns, and a task switch may happen. From where the state was taken. */
void sim_interrupts_restore(unsigned long state);

/* From an interrupt: a task switch is due when it returns. */
void sim_yield_from_isr(void);
