/* SPDX-License-Identifier: MIT */
/*
 * Tasks come and go. A task that deletes itself still stands on its stack; the idle task frees it.
 */
#include "context.h"
#include "create.h"
#include "inherit.h"
#include "ready.h"
#include "stack_check.h"
#include "task_list.h"
#include "task_memory.h"
#include "wait.h"

#include <string.h>

static void copy_name(struct rtos_task *task, const char *name)
{
    size_t i = 0;

    for (; name != NULL && name[i] != '\0' && i + 1 < configMAX_TASK_NAME_LEN; i++)
        task->name[i] = name[i];
    task->name[i] = '\0';
}

static StackType_t *align_down(const StackType_t *word)
{
    return (StackType_t *)((uintptr_t)word & ~(uintptr_t)portBYTE_ALIGNMENT_MASK);
}

static void prepare_stack(struct rtos_task *task, const struct rtos_task_plan *plan)
{
    StackType_t *first = plan->stack, *last = plan->stack + plan->stack_depth - 1, *top;

    if (RTOS_FILLS_STACKS)
        memset(first, RTOS_STACK_FILL, plan->stack_depth * sizeof(StackType_t));
    if (portSTACK_GROWTH < 0)
        last = align_down(last);
    task->stack = first;
    rtos_stack_end_set(task, last);
    top = rtos_tls_make(task, portSTACK_GROWTH < 0 ? last : first);
    task->top_of_stack = pxPortInitialiseStack(top, plan->code, plan->parameter);
}

void rtos_task_make(struct rtos_task *task, const struct rtos_task_plan *plan)
{
    UBaseType_t priority = plan->priority < configMAX_PRIORITIES ? plan->priority
                                                                 : configMAX_PRIORITIES - 1;

    memset(task, 0, sizeof *task);
    copy_name(task, plan->name);
    task->priority = (uint8_t)priority;
    task->base_priority = (uint8_t)priority;
    task->flags = plan->flags;
    prepare_stack(task, plan);
    portSETUP_TCB(task);

    UBaseType_t state = rtos_lock();
    rtos_kernel.task_count++;
    rtos_task_list_add(task);
    traceTASK_CREATE(task);
    if (rtos_ready_add(task) && rtos_kernel.running)
        rtos_switch_soon();
    rtos_unlock(state);
}

static void free_memory(struct rtos_task *task)
{
    uint8_t flags = task->flags;

    portCLEAN_UP_TCB(task);
    rtos_tls_end(task);
    if (!(flags & RTOS_TASK_STATIC_STACK))
        rtos_free_stack(task->stack);
    if (!(flags & RTOS_TASK_STATIC_TCB))
        rtos_free(task);
}

static struct rtos_task *take_deleted(void)
{
    struct rtos_task *task = NULL;
    UBaseType_t state = rtos_lock();

    if (rtos_kernel.deleted != NULL) {
        task = rtos_kernel.deleted;
        rtos_tasks_remove(&rtos_kernel.deleted, task);
    }
    rtos_unlock(state);
    return task;
}

void rtos_task_free_deleted(void)
{
    struct rtos_task *task;

    while ((task = take_deleted()) != NULL)
        free_memory(task);
}

/* Takes a task out of everything it is in. With the scheduler held. */
static void withdraw(struct rtos_task *task)
{
    struct rtos_task *holder = NULL;
    UBaseType_t state = rtos_lock();

    if (task->state == RTOS_TASK_READY)
        rtos_ready_remove(task);
    else
        holder = rtos_stop_waiting(task);
    task->state = RTOS_TASK_DELETED;
    rtos_kernel.task_count--;
    rtos_task_list_remove(task);
    rtos_unlock(state);
    rtos_forget_sleeper(task);
    rtos_mutex_abandon_all(task);
    rtos_task_update_priority(holder);
}

void vTaskDelete(TaskHandle_t handle)
{
    RTOS_ASSERT_IN_TASK();
    struct rtos_task *task = rtos_task_or_self(handle);
    bool is_self = task == pxCurrentTCB && rtos_kernel.running;

    RTOS_ASSERT_TASK_EXISTS(task);
    configASSERT(!is_self || rtos_kernel.held == 0);
    traceTASK_DELETE(task);
    rtos_hold();
    withdraw(task);
    if (is_self) {
        /* The idle task cannot come to it before the switch. */
        rtos_tasks_append(&rtos_kernel.deleted, task);
        portPRE_TASK_DELETE_HOOK(task, &rtos_kernel.switch_due);
        rtos_release();
        portYIELD(); /* never comes back */
        return;
    }
    rtos_release();
    free_memory(task);
}
