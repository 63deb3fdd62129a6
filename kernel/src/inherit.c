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
    if (priority > task->priority) {
        traceTASK_PRIORITY_INHERIT(task, priority);
    } else {
        traceTASK_PRIORITY_DISINHERIT(task, priority);
    }
    if (task->state == RTOS_TASK_READY) {
        rtos_ready_move(task, priority);
        return;
    }
    task->priority = (uint8_t)priority;
    if (task->waiting_on != NULL)
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
    mutex->holder = task;
    mutex->next_held = task->held;
    task->held = mutex;
    if (!rtos_nobody_waits(&mutex->object.receivers))
        rtos_task_update_priority(task);
}

void rtos_mutex_let_go(struct rtos_mutex *mutex)
{
    struct rtos_task *holder = mutex->holder;

    if (holder == NULL)
        return;
    struct rtos_mutex **link = &holder->held;

    while (*link != mutex)
        link = &(*link)->next_held;
    *link = mutex->next_held;
    mutex->holder = NULL;
    rtos_task_update_priority(holder);
}

void rtos_mutex_abandon_all(struct rtos_task *task)
{
    for (struct rtos_mutex *mutex = task->held; mutex != NULL; mutex = mutex->next_held)
        mutex->holder = NULL;
    task->held = NULL;
}
