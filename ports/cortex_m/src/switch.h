/* SPDX-License-Identifier: MIT */
/*
 * What differs from core to core: what a task's saved context holds, and the code that saves and
 * restores it.
 */
#pragma once

/* Runs the first task. Returns when vPortEndScheduler() was called. */
void rtos_port_run_tasks(void);

/* Goes back to where rtos_port_run_tasks() was called. From a task, with interrupts masked. */
_Noreturn void rtos_port_leave_tasks(void);
