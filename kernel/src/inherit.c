/* SPDX-License-Identifier: MIT */
/*
 * Priority inheritance along chains of holders. A cycle (a deadlock of the application's) ends the
 * walk, since the priorities in it become equal.
 */
#include "inherit.h"

#include "ready.h"
#include "wait.h"

static unsigned highest_claim(const struct rtos_task *task)
{
    unsigned priority = task->base_priority;

    for (const struct rtos_mutex *mutex = task->held; mutex != NULL; mutex = mutex->next_held) {
        const struct rtos_task *waiter = rtos_first_waiter(&mutex->object.receivers);
        if (waiter != NULL && waiter->priority > priority)
            priority = waiter->priority;
    }
    return priority;
}

static void set_priority(struct rtos_task *task, unsigned priority)
{
    UBaseType_t state = rtos_lock();

    if (priority > task->priority) {
        traceTASK_PRIORITY_INHERIT(task, priority);
    } else {
        traceTASK_PRIORITY_DISINHERIT(task, priority);
    }
    if (task->state == RTOS_TASK_READY)
        rtos_ready_move(task, priority);
    else
        task->priority = (uint8_t)priority;
    rtos_unlock(state);
    rtos_wait_reorder(task);
}

void rtos_task_update_priority(struct rtos_task *task)
{
    while (task != NULL) {
        unsigned priority = highest_claim(task);
        if (priority == task->priority)
            return;
        set_priority(task, priority);
        task = task->flags & RTOS_TASK_WAITS_MUTEX ? rtos_mutex_of_waiter(task)->holder : NULL;
    }
}

void rtos_mutex_hold(struct rtos_mutex *mutex, struct rtos_task *task)
{
    struct rtos_mutex *next = task->held;

    mutex->holder = task;
    mutex->next_held = next;
    mutex->previous_held = NULL;
    if (next != NULL)
        next->previous_held = mutex;
    task->held = mutex;
}

void rtos_mutex_let_go(struct rtos_mutex *mutex)
{
    struct rtos_mutex *next = mutex->next_held, *previous = mutex->previous_held;

    if (mutex->holder == NULL)
        return;
    if (next != NULL)
        next->previous_held = previous;
    if (previous != NULL)
        previous->next_held = next;
    else
        mutex->holder->held = next;
    mutex->holder = NULL;
}

void rtos_mutex_abandon_all(struct rtos_task *task)
{
    for (struct rtos_mutex *mutex = task->held; mutex != NULL; mutex = mutex->next_held)
        mutex->holder = NULL;
    task->held = NULL;
}
