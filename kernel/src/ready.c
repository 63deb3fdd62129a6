/* SPDX-License-Identifier: MIT */
/*
 * The ready rings. Every operation costs the same for any number of tasks; finding the highest
 * looks at one bitmap word per 32 priorities.
 */
#include "ready.h"

void rtos_ring_append(struct rtos_ring **head, struct rtos_ring *node)
{
    if (*head == NULL) {
        node->next = node;
        node->previous = node;
        *head = node;
        return;
    }
    node->next = *head;
    node->previous = (*head)->previous;
    node->previous->next = node;
    node->next->previous = node;
}

void rtos_ring_remove(struct rtos_ring **head, struct rtos_ring *node)
{
    node->previous->next = node->next;
    node->next->previous = node->previous;
    if (*head == node)
        *head = node->next == node ? NULL : node->next;
}

static void append(struct rtos_task *task, unsigned priority)
{
    rtos_ring_append(&rtos_kernel.ready[priority], &task->link.ready);
    rtos_kernel.ready_bits[priority / 32] |= 1u << (priority % 32);
}

void rtos_ready_add(struct rtos_task *task)
{
    unsigned priority = task->priority;

    traceMOVED_TASK_TO_READY_STATE(task);
    task->state = RTOS_TASK_READY;
    append(task, priority);
    if (rtos_kernel.running && priority > pxCurrentTCB->priority)
        rtos_kernel.switch_due = true;
    tracePOST_MOVED_TASK_TO_READY_STATE(task);
}

void rtos_ready_remove(struct rtos_task *task)
{
    unsigned priority = task->priority;

    rtos_ring_remove(&rtos_kernel.ready[priority], &task->link.ready);
    if (rtos_kernel.ready[priority] == NULL)
        rtos_kernel.ready_bits[priority / 32] &= ~(1u << (priority % 32));
}

void rtos_ready_move(struct rtos_task *task, unsigned priority)
{
    rtos_ready_remove(task);
    task->priority = (uint8_t)priority;
    append(task, priority);
    if (task == pxCurrentTCB)
        rtos_kernel.ready[priority] = &task->link.ready;
    if (rtos_kernel.running && rtos_ready_highest()->priority > pxCurrentTCB->priority)
        rtos_kernel.switch_due = true;
}

struct rtos_task *rtos_ready_highest(void)
{
    unsigned word = RTOS_READY_WORDS - 1;

    while (rtos_kernel.ready_bits[word] == 0)
        word--;
    unsigned priority = word * 32 + 31u - (unsigned)__builtin_clz(rtos_kernel.ready_bits[word]);
    return RTOS_CONTAINER(rtos_kernel.ready[priority], struct rtos_task, link.ready);
}

bool rtos_ready_rotate(unsigned priority)
{
    struct rtos_ring *head = rtos_kernel.ready[priority];

    if (head == NULL || head->next == head)
        return false;
    rtos_kernel.ready[priority] = head->next;
    return true;
}
