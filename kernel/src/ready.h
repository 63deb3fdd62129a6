/* SPDX-License-Identifier: MIT */
/*
 * Ready tasks: one ring per priority and a bitmap of the rings that are not empty. A ring's head is
 * the task that runs next; who becomes ready joins behind all others. All under the lock.
 *
 * Every wake-up and every switch passes here, so these are inlines; each costs the same for any
 * number of tasks.
 */
#pragma once

#include "kernel.h"

/* Rings of any kind: *head is NULL or one of the members. */
static inline void rtos_ring_append(struct rtos_ring **head, struct rtos_ring *node)
{
    struct rtos_ring *first = *head;

    if (first == NULL) {
        node->next = node;
        node->previous = node;
        *head = node;
        return;
    }
    struct rtos_ring *last = first->previous;
    node->next = first;
    node->previous = last;
    last->next = node;
    first->previous = node;
}

static inline void rtos_ring_remove(struct rtos_ring **head, struct rtos_ring *node)
{
    struct rtos_ring *next = node->next, *previous = node->previous;

    if (next == node) {
        *head = NULL;
        return;
    }
    previous->next = next;
    next->previous = previous;
    if (*head == node)
        *head = next;
}

/* The bit of a priority within its word. */
static inline uint32_t rtos_ready_bit(unsigned priority)
{
    return UINT32_C(1) << (RTOS_READY_WORDS == 1 ? priority : priority % 32);
}

static inline uint32_t *rtos_ready_word(unsigned priority)
{
    return &rtos_kernel.ready_bits[RTOS_READY_WORDS == 1 ? 0 : priority / 32];
}

/* The highest ready task. There always is one: the idle task never waits. */
static inline struct rtos_task *rtos_ready_highest(void)
{
    unsigned word = RTOS_READY_WORDS - 1;

    while (RTOS_READY_WORDS > 1 && rtos_kernel.ready_bits[word] == 0)
        word--;
    unsigned priority = word * 32 + 31u - (unsigned)__builtin_clz(rtos_kernel.ready_bits[word]);
    return RTOS_CONTAINER(rtos_kernel.ready[priority], struct rtos_task, link.ready);
}

/* Asks for the switch that became due; it is made when the lock opens, or, while the scheduler is
 * held, when it is let go. */
static inline void rtos_switch_soon(void)
{
    rtos_kernel.switch_due = true;
    if (configUSE_PREEMPTION)
        portYIELD_WITHIN_API();
}

/* Makes a task ready; a switch is due when it should run instead of the current one. */
static inline void rtos_ready_add(struct rtos_task *task)
{
    unsigned priority = task->priority;

    traceMOVED_TASK_TO_READY_STATE(task);
    task->state = RTOS_TASK_READY;
    rtos_ring_append(&rtos_kernel.ready[priority], &task->link.ready);
    *rtos_ready_word(priority) |= rtos_ready_bit(priority);
    tracePOST_MOVED_TASK_TO_READY_STATE(task);
    const struct rtos_task *running = pxCurrentTCB; /* NULL before the start */
    if (running != NULL && priority > running->priority)
        rtos_switch_soon();
}

static inline void rtos_ready_remove(struct rtos_task *task)
{
    unsigned priority = task->priority;
    struct rtos_ring **head = &rtos_kernel.ready[priority];

    rtos_ring_remove(head, &task->link.ready);
    if (*head == NULL)
        *rtos_ready_word(priority) &= ~rtos_ready_bit(priority);
}

/* Gives a ready task another priority. The running task stays first in its new ring. */
void rtos_ready_move(struct rtos_task *task, unsigned priority);

/* Sends the head of this priority's ring to its end; true when that changed the head. */
bool rtos_ready_rotate(unsigned priority);
