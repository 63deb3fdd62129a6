/* SPDX-License-Identifier: MIT */
/*
 * The one way to block. Every object that can make a task wait is written as
 *
 *     UBaseType_t state = rtos_lock();
 *     while (!(done = try_it(object)) && ticks != 0)
 *         ticks = rtos_wait_on(&object->waiters, ticks, state);
 *     rtos_unlock(state);
 *
 * and whoever changes the object calls rtos_wake_one under the lock. A task that wakes, for whatever
 * reason, looks again; so a waiter that timed out while its item was on the way still gets it, and
 * being resumed after a suspension is harmless.
 */
#pragma once

#include "ready.h"

/* Blocks the calling task on `list` until it is woken or `ticks` (not 0) have passed. Called under the
 * lock, which is open while the task waits and taken again before this returns. Returns the ticks that
 * are left; 0: the time is over, look once more. */
TickType_t rtos_wait_on(struct rtos_wait_list *list, TickType_t ticks, UBaseType_t state);

/* The same on no list; `task_state` says for what: RTOS_TASK_SLEEPS or RTOS_TASK_AWAITS_NOTIFICATION +
 * an index. */
TickType_t rtos_sleep(TickType_t ticks, UBaseType_t state, uint8_t task_state);

/* The same for a task that holds the scheduler, once, and lets it go when it is blocked. */
TickType_t rtos_release_and_wait_on(struct rtos_wait_list *list, TickType_t ticks,
                                    UBaseType_t state);

/* The same for a mutex: its holder inherits. */
TickType_t rtos_wait_for_mutex(struct rtos_mutex *mutex, TickType_t ticks, UBaseType_t state);

inline bool rtos_nobody_waits(const struct rtos_wait_list *list)
{
    return list->first == NULL;
}

/* The waiter of the highest priority, longest there; NULL when nobody waits. */
static inline struct rtos_task *rtos_first_waiter(const struct rtos_wait_list *list)
{
    return list->first;
}

/* Makes the first waiter ready; there must be one, and the list must not be a mutex's. True if it
 * should run now. Under the lock, in a task or an interrupt. */
inline bool rtos_wake_first(struct rtos_wait_list *list)
{
    struct rtos_task *task = list->first;

    rtos_tasks_remove(&list->first, task);
    return rtos_make_ready(task);
}

/* The same, if there is one. */
inline bool rtos_wake_one(struct rtos_wait_list *list)
{
    return !rtos_nobody_waits(list) && rtos_wake_first(list);
}

/* Ends the waiting of a blocked task, whatever it waits for, without making it ready. Under the lock.
 * Returns the holder of the mutex that it waited for, if any: its priority is to be recomputed before
 * another task runs (rtos_unlock_and_update). */
struct rtos_task *rtos_stop_waiting(struct rtos_task *task);

/* Opens the lock; before any other task runs, the priority of `holder` is recomputed, if there is one. */
void rtos_unlock_and_update(UBaseType_t state, struct rtos_task *holder);

/* Takes a task, which does not run, out of the queue of sleepers, where it may be though it does not
 * sleep any more. With the scheduler held. */
void rtos_forget_sleeper(struct rtos_task *task);

/* Moves a task, whose priority has changed or who came last, to its place among those that wait with
 * it, if it waits. With the scheduler held, or in the tick. */
void rtos_wait_reorder(struct rtos_task *task);

/* Wakes every sleeper whose tick has come, the earliest first, opening the lock between them. With the
 * scheduler held, or in the tick. True if one of them should run now. */
bool rtos_wake_sleepers(void);

/* Whether a sleeper is due, or at least is to be looked at. */
static inline bool rtos_sleeper_is_due(void)
{
    const struct rtos_pnode *first = rtos_kernel.delayed.first;

    return first != NULL && (TickType_t)(first->key - rtos_kernel.expired) <=
                                (TickType_t)(rtos_kernel.tick - rtos_kernel.expired);
}

/* The tick at which the first sleeper wakes; false when nobody sleeps. With the scheduler held. */
bool rtos_next_wake(TickType_t *tick);
