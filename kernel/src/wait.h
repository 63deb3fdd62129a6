/* SPDX-License-Identifier: MIT */
/*
 * The one way to block. Every object that can make a task wait is written as
 *
 *     struct rtos_deadline deadline = rtos_deadline_in(ticks_to_wait);
 *     UBaseType_t state = rtos_lock();
 *     while (!(done = try_it(object)))
 *         if (!rtos_wait_on(&object->waiters, &deadline, &state))
 *             break;                                            // no time left
 *     rtos_unlock_and_switch(state);
 *
 * and whoever changes the object calls rtos_wake_one under the lock. A task that
 * wakes, for whatever reason, looks again; so a waiter that timed out while its item was on the way
 * still gets it, and being resumed after a suspension is harmless.
 */
#pragma once

#include "kernel.h"

/* How long a call may wait. The clock starts at the first wait, not before. */
struct rtos_deadline {
    TickType_t start;
    TickType_t ticks;
    bool started;
};

static inline struct rtos_deadline rtos_deadline_in(TickType_t ticks)
{
    return (struct rtos_deadline){.ticks = ticks};
}

/* Blocks the calling task on `list`, or on nothing but time when `list` is NULL, until it is woken
 * or the deadline passes. Called under the lock, which is open while the task waits and taken again
 * before this returns. False, at once, when no time is left. */
bool rtos_wait_on(struct rtos_wait_list *list, struct rtos_deadline *deadline, UBaseType_t *state);

/* Whether a call of rtos_wait_on will wait. Nothing volatile is read, so that it costs nothing where
 * the trace macro that asks is empty. */
static inline bool rtos_will_wait(const struct rtos_deadline *deadline)
{
    TickType_t passed = (TickType_t)(rtos_kernel.expired - deadline->start);

    return deadline->ticks != 0 && (!deadline->started || passed < deadline->ticks);
}

/* Calls a trace macro before rtos_wait_on, if that will wait. */
#define RTOS_TRACE_WAIT(deadline, event)                                                           \
    do {                                                                                           \
        if (rtos_will_wait(deadline)) {                                                            \
            event;                                                                                 \
        }                                                                                          \
    } while (0)

static inline bool rtos_nobody_waits(const struct rtos_wait_list *list)
{
    return rtos_pqueue_is_empty(&list->tasks);
}

/* The waiter of the highest priority, longest there; NULL when nobody waits. */
static inline struct rtos_task *rtos_first_waiter(const struct rtos_wait_list *list)
{
    if (rtos_pqueue_is_empty(&list->tasks))
        return NULL;
    return RTOS_CONTAINER(list->tasks.first, struct rtos_task, link.waiting);
}

/* Makes the first waiter ready. Under the lock, in a task or an interrupt. */
void rtos_wake_first(struct rtos_wait_list *list); /* there must be one */

static inline void rtos_wake_one(struct rtos_wait_list *list)
{
    if (!rtos_nobody_waits(list))
        rtos_wake_first(list);
}

/* Ends the waiting of a blocked task, whatever it waits for, without making it ready. */
void rtos_stop_waiting(struct rtos_task *task);

/* The same, and makes it ready. */
void rtos_wake(struct rtos_task *task);

/* Puts a waiting task where its priority, which has just changed, belongs. */
void rtos_wait_reorder(struct rtos_task *task);

/* Wakes every sleeper whose tick has come, the earliest first, opening the lock between them. */
void rtos_wake_sleepers(UBaseType_t *state);
