/* SPDX-License-Identifier: MIT */
/*
 * Ready tasks: one ring per priority and a bitmap of the rings that are not empty. A ring's head is
 * the task that runs next; who becomes ready joins behind all others. All under the lock.
 *
 * Every wake-up and every switch passes here, so the compiler may put these in place or, when it is to
 * save room, call the one copy in ready.c (an inline of C99). Each costs the same for any number of
 * tasks.
 */
#pragma once

#include "task_ring.h"

/* The bit of a priority within its word. */
inline uint32_t rtos_ready_bit(unsigned priority)
{
    return UINT32_C(1) << (RTOS_READY_WORDS == 1 ? priority : priority % 32);
}

inline uint32_t *rtos_ready_word(unsigned priority)
{
    return &rtos_kernel.ready_bits[RTOS_READY_WORDS == 1 ? 0 : priority / 32];
}

/* The highest ready task. There always is one: the idle task never waits. */
static inline struct rtos_task *rtos_ready_highest(void)
{
    unsigned word = RTOS_READY_WORDS - 1;

    while (RTOS_READY_WORDS > 1 && rtos_kernel.ready_bits[word] == 0)
        word--;
    return rtos_kernel
        .ready[word * 32 + 31u - (unsigned)__builtin_clz(rtos_kernel.ready_bits[word])];
}

/* Asks for a switch; it is made when the lock opens, or, while the scheduler is held, when it is let
 * go. */
inline void rtos_switch_soon(void)
{
    if (configUSE_PREEMPTION)
        portYIELD_WITHIN_API();
}

/* Whether no task of a higher priority's word is ready; always, where there is one word. */
inline bool rtos_ready_nothing_above(const uint32_t *word)
{
    while (++word < rtos_kernel.ready_bits + RTOS_READY_WORDS)
        if (*word != 0)
            return false;
    return true;
}

/* Makes a task ready; true if it should run now: no task that is ready has its priority or more.
 * Comparing with the ready tasks, not with the running one, holds also while the running one is about
 * to be switched out. */
inline bool rtos_ready_add(struct rtos_task *task)
{
    unsigned priority = task->priority;
    struct rtos_task **first = &rtos_kernel.ready[priority];
    uint32_t *word = rtos_ready_word(priority), bits = *word, bit = rtos_ready_bit(priority);

    traceMOVED_TASK_TO_READY_STATE(task);
    task->state = RTOS_TASK_READY;
    if (bits & bit) {
        rtos_tasks_insert(*first, task);
        tracePOST_MOVED_TASK_TO_READY_STATE(task);
        return false;
    }
    rtos_tasks_begin(first, task);
    *word = bits | bit;
    tracePOST_MOVED_TASK_TO_READY_STATE(task);
    return bits < bit && rtos_ready_nothing_above(word);
}

/* The same, and asks for the switch that is due then. */
inline bool rtos_make_ready(struct rtos_task *task)
{
    bool outranks = rtos_ready_add(task);

    if (outranks)
        rtos_switch_soon();
    return outranks;
}

inline void rtos_ready_remove(struct rtos_task *task)
{
    unsigned priority = task->priority;

    if (task->next == task)
        *rtos_ready_word(priority) &= ~rtos_ready_bit(priority);
    else
        rtos_tasks_unlink(&rtos_kernel.ready[priority], task);
}

/* Gives a ready task another priority. The running task stays first in its new ring. */
void rtos_ready_move(struct rtos_task *task, unsigned priority);

/* Sends the head of this priority's ring, which must not be empty, to its end; true when that changed
 * the head. */
bool rtos_ready_rotate(unsigned priority);
