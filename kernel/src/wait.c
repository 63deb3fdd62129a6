/* SPDX-License-Identifier: MIT */
/*
 * Waiting: a blocked task is in the wait list of what it waits for, if anything, and in the delay
 * queue unless it waits without end. Both are left together, under one lock, by whoever wakes it.
 */
#include "wait.h"

#include "event_waiter.h"
#include "inherit.h"
#include "ready.h"

/* Higher priorities first: the smaller key. */
static TickType_t wait_key(const struct rtos_task *task)
{
    return (TickType_t)(configMAX_PRIORITIES - task->priority);
}

static inline bool is_endless(const struct rtos_deadline *deadline)
{
    return INCLUDE_vTaskSuspend && deadline->ticks == portMAX_DELAY;
}

/* Whether time is left; at the first call the clock is started. */
static inline bool time_is_left(struct rtos_deadline *deadline)
{
    if (is_endless(deadline))
        return true;
    if (deadline->ticks == 0)
        return false;
    if (!deadline->started) {
        deadline->start = rtos_kernel.tick;
        deadline->started = true;
    }
    return (TickType_t)(rtos_kernel.tick - deadline->start) < deadline->ticks;
}

static inline void sleep_until(struct rtos_task *task, const struct rtos_deadline *deadline)
{
    TickType_t wake = (TickType_t)(deadline->start + deadline->ticks);

    if (wake < rtos_kernel.tick) { /* behind the wrap of the tick */
        traceMOVED_TASK_TO_OVERFLOW_DELAYED_LIST();
    } else {
        traceMOVED_TASK_TO_DELAYED_LIST();
    }
    task->flags |= RTOS_TASK_DELAYED;
    rtos_pqueue_insert(&rtos_kernel.delayed, &task->delay, wake, rtos_kernel.expired);
}

static inline void join(struct rtos_wait_list *list, struct rtos_task *task)
{
    task->waiting_on = list;
    rtos_pqueue_insert(&list->tasks, &task->link.waiting, wait_key(task), 0);
    if (task->flags & RTOS_TASK_WAITS_MUTEX)
        rtos_task_update_priority(rtos_mutex_of_waiter(task)->holder);
}

bool rtos_wait_on(struct rtos_wait_list *list, struct rtos_deadline *deadline, UBaseType_t *state)
{
    struct rtos_task *task = pxCurrentTCB;

    if (!time_is_left(deadline))
        return false;
    rtos_ready_remove(task);
    task->state = RTOS_TASK_BLOCKED;
    if (list != NULL)
        join(list, task);
    if (!is_endless(deadline))
        sleep_until(task, deadline);
    portYIELD_WITHIN_API();
    rtos_unlock(*state); /* the switch is made here */
    *state = rtos_lock();
    if (task->flags & RTOS_TASK_ABORTED) {
        task->flags &= (uint8_t)~RTOS_TASK_ABORTED;
        deadline->ticks = 0;
    }
    return true;
}

/* What a waiter leaves behind besides its places in the queues. */
static void leave(struct rtos_wait_list *list, struct rtos_task *task)
{
    if (task->flags & RTOS_TASK_WAITS_MUTEX) {
        struct rtos_task *holder = rtos_mutex_of_waiter(task)->holder;

        /* First: in a deadlock the chain of holders leads back to this task, which is in no list. */
        task->waiting_on = NULL;
        task->flags &= (uint8_t)~RTOS_TASK_WAITS_MUTEX;
        rtos_task_update_priority(holder);
    }
    if (task->flags & RTOS_TASK_WAITS_EVENT)
        rtos_event_waiter_left(list, task);
}

static inline void stop_waiting(struct rtos_task *task)
{
    struct rtos_wait_list *list = task->waiting_on;

    if (task->flags & RTOS_TASK_DELAYED) {
        rtos_pqueue_remove(&rtos_kernel.delayed, &task->delay, rtos_kernel.expired);
        task->flags &= (uint8_t)~RTOS_TASK_DELAYED;
    }
    if (list == NULL)
        return;
    rtos_pqueue_remove(&list->tasks, &task->link.waiting, 0);
    if (task->flags & (RTOS_TASK_WAITS_MUTEX | RTOS_TASK_WAITS_EVENT))
        leave(list, task);
    task->waiting_on = NULL;
}

void rtos_stop_waiting(struct rtos_task *task)
{
    stop_waiting(task);
}

void rtos_wake(struct rtos_task *task)
{
    stop_waiting(task);
    rtos_ready_add(task);
}

void rtos_wake_first(struct rtos_wait_list *list)
{
    struct rtos_task *task = RTOS_CONTAINER(list->tasks.first, struct rtos_task, link.waiting);

    stop_waiting(task);
    rtos_ready_add(task);
}

void rtos_wait_reorder(struct rtos_task *task)
{
    rtos_pqueue_remove(&task->waiting_on->tasks, &task->link.waiting, 0);
    rtos_pqueue_insert(&task->waiting_on->tasks, &task->link.waiting, wait_key(task), 0);
}

static struct rtos_task *next_to_expire(void)
{
    struct rtos_pnode *node = rtos_kernel.delayed.first;

    if (node == NULL)
        return NULL;
    TickType_t left = (TickType_t)(node->key - rtos_kernel.expired);
    TickType_t passed = (TickType_t)(rtos_kernel.tick - rtos_kernel.expired);
    return left <= passed ? RTOS_CONTAINER(node, struct rtos_task, delay) : NULL;
}

void rtos_wake_sleepers(UBaseType_t *state)
{
    struct rtos_task *task;

    while ((task = next_to_expire()) != NULL) {
        rtos_wake(task);
        rtos_unlock(*state);
        *state = rtos_lock();
    }
    rtos_kernel.expired = rtos_kernel.tick;
}
