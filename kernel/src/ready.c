/* SPDX-License-Identifier: MIT */
/* What is done to ready tasks less often than waking and switching. */
#include "ready.h"

extern inline void rtos_tasks_begin(struct rtos_task **first, struct rtos_task *task);
extern inline void rtos_tasks_insert(struct rtos_task *next, struct rtos_task *task);
extern inline void rtos_tasks_append(struct rtos_task **first, struct rtos_task *task);
extern inline void rtos_tasks_unlink(struct rtos_task **first, struct rtos_task *task);
extern inline void rtos_tasks_remove(struct rtos_task **first, struct rtos_task *task);
extern inline uint32_t rtos_ready_bit(unsigned priority);
extern inline uint32_t *rtos_ready_word(unsigned priority);
extern inline void rtos_switch_soon(void);
extern inline bool rtos_ready_nothing_above(const uint32_t *word);
extern inline bool rtos_ready_add(struct rtos_task *task);
extern inline bool rtos_make_ready(struct rtos_task *task);
extern inline void rtos_ready_remove(struct rtos_task *task);

void rtos_ready_move(struct rtos_task *task, unsigned priority)
{
    rtos_ready_remove(task);
    task->priority = (uint8_t)priority;
    (void)rtos_ready_add(task);
    if (task == pxCurrentTCB)
        rtos_kernel.ready[priority] = task;
    if (rtos_kernel.running && rtos_ready_highest()->priority > pxCurrentTCB->priority)
        rtos_switch_soon();
}

bool rtos_ready_rotate(unsigned priority)
{
    struct rtos_task *first = rtos_kernel.ready[priority];

    if (first->next == first)
        return false;
    rtos_kernel.ready[priority] = first->next;
    return true;
}
