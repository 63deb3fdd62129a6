/* SPDX-License-Identifier: MIT */
/*
 * Priority inheritance: a task's priority is its base priority or that of the first waiter of any
 * mutex it holds, whichever is higher. It is recomputed whenever a term changes: a waiter comes,
 * goes, or changes its own priority; a mutex is taken or given; the base priority is set.
 */
#pragma once

#include "kernel.h"

/* The mutex that a task with RTOS_TASK_WAITS_MUTEX waits for. */
static inline struct rtos_mutex *rtos_mutex_of_waiter(const struct rtos_task *task)
{
    return RTOS_CONTAINER(task->waiting_on, struct rtos_mutex, object.receivers);
}

/* Recomputes the priority of a task, and of the holders that wait for one another behind it. NULL
 * is allowed: a mutex without a holder. */
void rtos_task_update_priority(struct rtos_task *task);

/* Links a mutex into the list of those a task holds, and takes it out if somebody holds it. */
void rtos_mutex_hold(struct rtos_mutex *mutex, struct rtos_task *task);
void rtos_mutex_let_go(struct rtos_mutex *mutex);

/* Leaves a deleted task's mutexes taken by nobody: they cannot be given any more, but nothing
 * points at the freed task. */
void rtos_mutex_abandon_all(struct rtos_task *task);
