/* SPDX-License-Identifier: MIT */
/* Between the parts of the port in C and in the assembler (entry.S). */
#pragma once

#include "../../../kernel/src/port.h"

#include "../include/mips_api.h"

#include <stdbool.h>

/* Runs the first task. Returns when vPortEndScheduler() was called. */
void rtos_port_run_tasks(void);

/* Goes back to where rtos_port_run_tasks() was called. From a task, with interrupts masked. */
_Noreturn void rtos_port_leave_tasks(void);

/* Runs the handlers of what the interrupted code lets in. True: it is a task, and a switch is due. */
bool rtos_mips_serve(struct mips_exception_frame *frame);

/* Makes the switch, with other interrupts open: the frame of the task that is to run. */
StackType_t *rtos_mips_switch(StackType_t *frame);

/* Status for going back to a frame. */
uint32_t rtos_mips_status_for(const struct mips_exception_frame *frame);

/* Opens interrupts by the Status and stops the CPU until one comes. */
void rtos_mips_sleep(uint32_t status);
void rtos_mips_sleep_end(void);

void rtos_mips_serve_exception(struct mips_exception_frame *frame);

extern StackType_t rtos_isr_stack[];
