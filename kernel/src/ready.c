/* SPDX-License-Identifier: MIT */
/* What is done to ready tasks less often than waking and switching. */
#include "ready.h"

void rtos_ready_move(struct rtos_task *task, unsigned priority)
{
    struct rtos_ring **head = &rtos_kernel.ready[priority];

    rtos_ready_remove(task);
    task->priority = (uint8_t)priority;
    rtos_ring_append(head, &task->link.ready);
    *rtos_ready_word(priority) |= rtos_ready_bit(priority);
    if (task == pxCurrentTCB)
        *head = &task->link.ready;
    if (rtos_kernel.running && rtos_ready_highest()->priority > pxCurrentTCB->priority)
        rtos_switch_soon();
}

bool rtos_ready_rotate(unsigned priority)
{
    struct rtos_ring *head = rtos_kernel.ready[priority];

    if (head == NULL || head->next == head)
        return false;
    rtos_kernel.ready[priority] = head->next;
    return true;
}
