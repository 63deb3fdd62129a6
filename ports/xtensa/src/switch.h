/* SPDX-License-Identifier: MIT */
/* Between the parts of the port in C and in the assembler (entry.S). */
#pragma once

#include "../../../kernel/src/port.h"

#include "../include/xtensa_api.h"

/* Runs the first task. Returns when vPortEndScheduler() was called. */
void rtos_port_run_tasks(void);

/* Goes back to where rtos_port_run_tasks() was called. From a task, with interrupts masked. */
_Noreturn void rtos_port_leave_tasks(void);

/* Run the handlers of what is pending of a level; the one of level 1 says whether a switch is due. */
BaseType_t rtos_xt_serve_level1(void);
void rtos_xt_serve(uint32_t level, struct xt_exception_frame *frame);

void rtos_xt_serve_exception(struct xt_exception_frame *frame);

extern StackType_t rtos_isr_stack[];
