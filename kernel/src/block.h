/* SPDX-License-Identifier: MIT */
/*
 * The parts of blocking: leave the ready tasks, set the clock, switch away, and count what time is left
 * when it is over. wait.c makes the ways to wait of them; where a wait is all that a call does, it takes
 * rtos_sleep_here instead of calling rtos_sleep. All under the lock.
 */
#pragma once

#include "wait.h"

static inline bool rtos_is_endless(TickType_t ticks)
{
    return INCLUDE_vTaskSuspend && ticks == portMAX_DELAY;
}

/* Whether the task's place in the queue of sleepers is early enough to wake it. */
static inline bool rtos_has_early_place(const struct rtos_task *task)
{
    return task->queued && (TickType_t)(task->delay.key - rtos_kernel.expired) <=
                               (TickType_t)(task->wake - rtos_kernel.expired);
}

static inline void rtos_leave_ready(struct rtos_task *task, TickType_t ticks)
{
    rtos_ready_remove(task);
    task->ticks_left = ticks;
}

/* Says when the wait ends. False: the task's place in the queue of sleepers is later, or there is none. */
static inline bool rtos_arm(struct rtos_task *task, TickType_t ticks)
{
    if (rtos_is_endless(ticks))
        return true;
    TickType_t now = rtos_kernel.tick;
    task->wake = (TickType_t)(now + ticks);
    if (task->wake < now) { /* behind the wrap of the tick */
        traceMOVED_TASK_TO_OVERFLOW_DELAYED_LIST();
    } else {
        traceMOVED_TASK_TO_DELAYED_LIST();
    }
    return rtos_has_early_place(task);
}

/* What is left to do for a task that is blocked, and takes longer than the lock may be held. Opens it.
 * Whoever wakes the task meanwhile finds it where it has to be. */
void rtos_settle(struct rtos_task *task, UBaseType_t state);

/* Switches to another task, and comes back when this one was woken: how much time is left. */
static inline TickType_t rtos_switch_away(struct rtos_task *task)
{
    portYIELD();
    portDISABLE_INTERRUPTS();
    TickType_t ticks = task->ticks_left;
    if (rtos_is_endless(ticks))
        return ticks;
    TickType_t left = (TickType_t)(task->wake - rtos_kernel.tick);
    return left <= ticks ? left : 0;
}

static inline TickType_t rtos_sleep_here(TickType_t ticks, UBaseType_t state, uint8_t task_state)
{
    struct rtos_task *task = pxCurrentTCB;

    rtos_leave_ready(task, ticks);
    task->state = task_state;
    if (rtos_arm(task, ticks))
        rtos_unlock(state);
    else
        rtos_settle(task, state);
    return rtos_switch_away(task);
}
