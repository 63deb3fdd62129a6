/* SPDX-License-Identifier: MIT */
/* What the assembly and the C of this port have of each other. */
#pragma once

#include <FreeRTOS.h>

/* The words that a task which does not run has on top of its stack, by their index. What an
 * interrupt saved lies below them. */
enum switch_frame {
    FRAME_RA = 0,
    FRAME_S0 = 1,     /* to s11 in order */
    FRAME_OPENS = 13, /* bits of mstatus that are set when it goes on */
    FRAME_WORDS = 16,
};

/* The highest address of the stack on which interrupts run. */
extern StackType_t *rtos_port_isr_stack_top;

/* Where a new task begins: calls s0 with s1 as its argument and s2 as its return address. */
void rtos_port_task_begin(void);

/* Runs the first task. Returns when vPortEndScheduler() was called. With `keep` interrupts use the
 * caller's stack, if that lies lower than theirs: what is on it stays. */
void rtos_port_run_tasks(UBaseType_t keep);

/* Goes back to where rtos_port_run_tasks() was called. From a task, with interrupts masked. */
_Noreturn void rtos_port_leave_tasks(void);

/* The timer's interrupt, in C. */
void rtos_port_tick(void);

/* Disables it. */
void rtos_port_stop_tick(void);

/* A tick more than time has brought, as soon as interrupts are open. From anywhere. */
void rtos_port_repeat_tick(void);

/* What start-up code wants to be called for exceptions that the application has no handler for. */
extern void (*rtos_port_unhandled)(UBaseType_t cause);
