/* SPDX-License-Identifier: MIT */
/*
 * A task that waits for the bits of an event group: a record on its stack. It is in the ring of its
 * group exactly while the task is, or is about to be, in the record's own wait list; then the task
 * has RTOS_TASK_WAITS_EVENT set. All under the lock.
 */
#pragma once

#include "ready.h"
#include "wait.h"

struct rtos_event_waiter {
    struct rtos_wait_list list; /* of this one task */
    struct rtos_ring others;    /* in group->waiters */
    struct rtos_event_group *group;
    TickType_t bits;
    TickType_t result;
    bool for_all, clear_on_exit;
    bool fulfilled; /* and `result` is what was seen */
};

static inline void rtos_event_waiter_join(struct rtos_event_waiter *waiter, struct rtos_task *task)
{
    rtos_ring_append(&waiter->group->waiters, &waiter->others);
    task->flags |= RTOS_TASK_WAITS_EVENT;
}

/* Called for a task with RTOS_TASK_WAITS_EVENT that stops waiting on `list`, for any reason. */
static inline void rtos_event_waiter_left(struct rtos_wait_list *list, struct rtos_task *task)
{
    struct rtos_event_waiter *waiter = RTOS_CONTAINER(list, struct rtos_event_waiter, list);

    rtos_ring_remove(&waiter->group->waiters, &waiter->others);
    task->flags &= (uint8_t)~RTOS_TASK_WAITS_EVENT;
}
