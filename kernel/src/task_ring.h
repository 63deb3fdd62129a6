/* SPDX-License-Identifier: MIT */
/*
 * Rings of tasks, linked through `next` and `previous`: the ready tasks of one priority, those that
 * wait for one thing, those to be freed. A task is in one of them at most. *first is the head, or NULL.
 * A pointer to a member is the task itself, which saves an instruction at every wake-up and switch.
 */
#pragma once

#include "kernel.h"

inline void rtos_tasks_begin(struct rtos_task **first, struct rtos_task *task)
{
    task->next = task;
    task->previous = task;
    *first = task;
}

/* Links a task in before `next`, which is in a ring; to the head that is the end of the ring. */
inline void rtos_tasks_insert(struct rtos_task *next, struct rtos_task *task)
{
    struct rtos_task *previous = next->previous;

    task->next = next;
    task->previous = previous;
    previous->next = task;
    next->previous = task;
}

inline void rtos_tasks_append(struct rtos_task **first, struct rtos_task *task)
{
    if (*first == NULL)
        rtos_tasks_begin(first, task);
    else
        rtos_tasks_insert(*first, task);
}

/* Takes a task out of a ring in which it is not alone. */
inline void rtos_tasks_unlink(struct rtos_task **first, struct rtos_task *task)
{
    struct rtos_task *next = task->next, *previous = task->previous;

    previous->next = next;
    next->previous = previous;
    if (*first == task)
        *first = next;
}

inline void rtos_tasks_remove(struct rtos_task **first, struct rtos_task *task)
{
    if (task->next == task)
        *first = NULL;
    else
        rtos_tasks_unlink(first, task);
}
