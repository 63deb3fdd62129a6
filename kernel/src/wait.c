/* SPDX-License-Identifier: MIT */
/*
 * Waiting. A blocked task is in the wait list of what it waits for, if anything, from where whoever
 * wakes it takes it out at once. Its place in the queue of sleepers, which it has unless it waits
 * without end, stays behind: most waits end before their time, and most tasks soon wait again, and for
 * longer. So
 *
 *   `wake` is when the wait ends; the place in the queue says a tick (`delay.key`) that is never later.
 *   When that comes, the task is woken, put back by its `wake`, or, if it does not sleep, left out.
 *
 * Wait lists change under the lock. A list is in order of priority, but for one task at a time that
 * came last and is on its way to its place; as long as it is, it may count as not having come yet.
 * The queue of sleepers changes with the scheduler held or in the tick, interrupts open.
 */
#include "wait.h"

#include "block.h"
#include "inherit.h"

extern inline bool rtos_nobody_waits(const struct rtos_wait_list *list);
extern inline bool rtos_wake_first(struct rtos_wait_list *list);
extern inline bool rtos_wake_one(struct rtos_wait_list *list);

/* ---- Wait lists -------------------------------------------------------------------------------- */

/* Links a task in at its place, if that is the first or the last; else it is the last, and false. */
static inline bool join(struct rtos_wait_list *list, struct rtos_task *task)
{
    struct rtos_task *first = list->first;

    task->state = RTOS_TASK_WAITS;
    task->waiting_on = list;
    if (first == NULL) {
        rtos_tasks_begin(&list->first, task);
        return true;
    }
    rtos_tasks_insert(first, task);
    if (task->priority > first->priority) {
        list->first = task;
        return true;
    }
    return task->priority <= task->previous->priority;
}

static void swap_with_previous(struct rtos_wait_list *list, struct rtos_task *task)
{
    struct rtos_task *previous = task->previous;

    rtos_tasks_unlink(&list->first, task);
    rtos_tasks_insert(previous, task);
    if (list->first == previous)
        list->first = task;
}

/* One step towards the place by priority, behind equals; false when the task is there. */
static bool step(struct rtos_task *task)
{
    struct rtos_wait_list *list = task->waiting_on;

    if (task->state != RTOS_TASK_WAITS)
        return false;
    if (task != list->first && task->previous->priority < task->priority) {
        swap_with_previous(list, task);
        return true;
    }
    if (task->next != list->first && task->next->priority >= task->priority) {
        swap_with_previous(list, task->next);
        return true;
    }
    return false;
}

void rtos_wait_reorder(struct rtos_task *task)
{
    bool moved;

    do {
        UBaseType_t state = rtos_lock();
        moved = step(task);
        rtos_unlock(state);
    } while (moved);
}

/* ---- Sleepers ---------------------------------------------------------------------------------- */

static void enqueue(struct rtos_task *task)
{
    rtos_pqueue_insert(&rtos_kernel.delayed, &task->delay, task->wake, rtos_kernel.expired);
    task->queued = 1;
}

static void dequeue(struct rtos_task *task)
{
    rtos_pqueue_remove(&rtos_kernel.delayed, &task->delay, rtos_kernel.expired);
    task->queued = 0;
}

void rtos_forget_sleeper(struct rtos_task *task)
{
    if (task->queued)
        dequeue(task);
}

/* Whether a task is blocked until a certain tick at most. */
static bool sleeps(const struct rtos_task *task)
{
    return rtos_is_blocked(task) && !rtos_is_endless(task->ticks_left);
}

static bool is_over(const struct rtos_task *task)
{
    return (TickType_t)(task->wake - rtos_kernel.expired) <=
           (TickType_t)(rtos_kernel.tick - rtos_kernel.expired);
}

/* Wakes a task that was first in the queue, or finds it a later place. True if it should run now. */
static bool expire(struct rtos_task *task)
{
    struct rtos_task *holder = NULL;
    bool outranks = false;

    dequeue(task);
    UBaseType_t state = rtos_lock();
    bool still_sleeps = sleeps(task), ends = still_sleeps && is_over(task);
    if (ends) {
        holder = rtos_stop_waiting(task);
        outranks = rtos_make_ready(task);
    }
    rtos_unlock(state);
    rtos_task_update_priority(holder);
    if (still_sleeps && !ends)
        enqueue(task);
    return outranks;
}

static struct rtos_task *first_sleeper(void)
{
    return RTOS_CONTAINER(rtos_kernel.delayed.first, struct rtos_task, delay);
}

bool rtos_wake_sleepers(void)
{
    bool outranks = false;

    while (rtos_sleeper_is_due())
        outranks |= expire(first_sleeper());
    rtos_kernel.expired = rtos_kernel.tick;
    return outranks;
}

bool rtos_next_wake(TickType_t *tick)
{
    while (rtos_kernel.delayed.first != NULL) {
        struct rtos_task *task = first_sleeper();
        if (sleeps(task) && task->wake == task->delay.key) {
            *tick = task->wake;
            return true;
        }
        dequeue(task);
        if (sleeps(task))
            enqueue(task);
    }
    return false;
}

/* ---- Blocking ---------------------------------------------------------------------------------- */

/* With the scheduler held, which it lets go. */
static void settle(struct rtos_task *task, UBaseType_t state)
{
    rtos_unlock(state);
    rtos_wait_reorder(task);
    if (!rtos_is_endless(task->ticks_left) && !rtos_has_early_place(task)) {
        rtos_forget_sleeper(task);
        enqueue(task);
    }
    if (task->flags & RTOS_TASK_WAITS_MUTEX)
        rtos_task_update_priority(rtos_mutex_of_waiter(task)->holder);
    rtos_release();
}

void rtos_settle(struct rtos_task *task, UBaseType_t state)
{
    rtos_hold();
    settle(task, state);
}

TickType_t rtos_wait_on(struct rtos_wait_list *list, TickType_t ticks, UBaseType_t state)
{
    struct rtos_task *task = pxCurrentTCB;

    rtos_leave_ready(task, ticks);
    bool is_settled = join(list, task);
    if (!rtos_is_endless(ticks))
        is_settled &= rtos_arm(task, ticks);
    if (is_settled)
        rtos_unlock(state);
    else
        rtos_settle(task, state);
    return rtos_switch_away(task);
}

TickType_t rtos_release_and_wait_on(struct rtos_wait_list *list, TickType_t ticks,
                                    UBaseType_t state)
{
    struct rtos_task *task = pxCurrentTCB;

    rtos_leave_ready(task, ticks);
    (void)join(list, task);
    (void)rtos_arm(task, ticks);
    settle(task, state);
    return rtos_switch_away(task);
}

TickType_t rtos_sleep(TickType_t ticks, UBaseType_t state, uint8_t task_state)
{
    return rtos_sleep_here(ticks, state, task_state);
}

TickType_t rtos_wait_for_mutex(struct rtos_mutex *mutex, TickType_t ticks, UBaseType_t state)
{
    struct rtos_task *task = pxCurrentTCB;

    rtos_leave_ready(task, ticks);
    task->flags |= RTOS_TASK_WAITS_MUTEX;
    (void)join(&mutex->object.receivers, task);
    (void)rtos_arm(task, ticks);
    rtos_settle(task, state);
    return rtos_switch_away(task);
}

/* ---- Waking by force --------------------------------------------------------------------------- */

struct rtos_task *rtos_stop_waiting(struct rtos_task *task)
{
    struct rtos_wait_list *list = task->waiting_on;
    struct rtos_task *holder = NULL;

    if (task->state != RTOS_TASK_WAITS)
        return NULL;
    rtos_tasks_remove(&list->first, task);
    if (task->flags & RTOS_TASK_WAITS_MUTEX) {
        holder = rtos_mutex_of_waiter(task)->holder;
        task->flags &= (uint8_t)~RTOS_TASK_WAITS_MUTEX;
    }
    return holder;
}

void rtos_unlock_and_update(UBaseType_t state, struct rtos_task *holder)
{
    if (holder == NULL) {
        rtos_unlock(state);
        return;
    }
    rtos_hold();
    rtos_unlock(state);
    rtos_task_update_priority(holder);
    rtos_release();
}
