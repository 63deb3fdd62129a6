/* SPDX-License-Identifier: MIT */
/*
 * Priority inheritance: a task's priority is its base priority or that of the first waiter of any
 * mutex it holds, whichever is higher. It is recomputed whenever a term changes: a waiter comes,
 * goes, or changes its own priority; a mutex is taken or given; the base priority is set.
 *
 * Who holds what, and who waits for a mutex, changes with the scheduler held or in the tick, or in one
 * section under the lock; so a walk along them needs no lock.
 */
#pragma once

#include "kernel.h"

/* The mutex that a task with RTOS_TASK_WAITS_MUTEX waits for. */
static inline struct rtos_mutex *rtos_mutex_of_waiter(const struct rtos_task *task)
{
    return RTOS_CONTAINER(task->waiting_on, struct rtos_mutex, object.receivers);
}

/* Recomputes the priority of a task, and of the holders that wait for one another behind it. NULL
 * is allowed: a mutex without a holder. With the scheduler held, or in the tick. */
void rtos_task_update_priority(struct rtos_task *task);

/* Makes a task the holder of a mutex, or nobody. Under the lock. */
void rtos_mutex_hold(struct rtos_mutex *mutex, struct rtos_task *task);
void rtos_mutex_let_go(struct rtos_mutex *mutex);

/* Leaves a deleted task's mutexes taken by nobody: they cannot be given any more, but nothing
 * points at the freed task. With the scheduler held. */
void rtos_mutex_abandon_all(struct rtos_task *task);
