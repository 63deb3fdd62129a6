/* SPDX-License-Identifier: MIT */
/* What the assembly and the C of this port have of each other. */
#pragma once

#include <FreeRTOS.h>

/* The words that a task without floating point registers, which does not run, has on top of its stack,
 * by their index; one that has them has d8 to d15 and FPSCR between the first two and the others. What
 * an interrupt saved lies below. */
enum switch_frame {
    FRAME_USES_FPU = 0,
    FRAME_FPSCR = 2, /* with floating point: then a word of padding and 16 words of registers */
    FRAME_FPU_WORDS = 18,
    FRAME_R4 = 3, /* without floating point: r4 to r11 in order */
    FRAME_PC = 11,
    FRAME_WORDS = 12,
};

/* Where a new task begins: calls r4 with r5 as its argument and r6 as its return address. */
void rtos_port_task_begin(void);

/* Runs the first task. Returns when vPortEndScheduler() was called. Interrupts use the caller's stack
 * below what it needs then. */
void rtos_port_run_tasks(void);

/* Goes back to where rtos_port_run_tasks() was called. From a task, with interrupts masked. */
_Noreturn void rtos_port_leave_tasks(void);

/* Disables the tick of the global timer. */
void rtos_port_stop_tick(void);

/* Makes the global timer's tick come once more than time has brought it. With the mask closed; its
 * interrupt is to be pended then. */
void rtos_port_repeat_tick(void);
