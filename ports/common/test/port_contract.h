/* SPDX-License-Identifier: MIT */
/* What a port's own tests lend to port_contract.c: what cannot be said in C. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

/* Fills the registers with values of the task's own, which the pattern makes, stays there for a while, or
 * gives way in each way that the port knows, and looks at them; false: one differs. */
bool port_registers_survive(uint32_t pattern);

/* A task that stores the stack pointer with which it begins, and deletes itself. */
void port_note_stack(void *parameter);
extern volatile uintptr_t port_stack_at_entry;
