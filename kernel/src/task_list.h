/* SPDX-License-Identifier: MIT */
/* The list of all tasks, kept when an option asks questions about all of them. Under the lock. */
#pragma once

#include "kernel.h"

#if RTOS_KEEPS_ALL_TASKS
void rtos_task_list_add(struct rtos_task *task);
void rtos_task_list_remove(struct rtos_task *task);
#else
static inline void rtos_task_list_add(struct rtos_task *task)
{
    (void)task;
}
static inline void rtos_task_list_remove(struct rtos_task *task)
{
    (void)task;
}
#endif
