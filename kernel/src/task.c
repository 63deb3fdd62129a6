/* SPDX-License-Identifier: MIT */
/*
 * Tasks come and go. A task that deletes itself still stands on its stack; the idle task frees it.
 */
#include "kernel.h"

#include "inherit.h"
#include "ready.h"
#include "stack_check.h"
#include "task_memory.h"
#include "wait.h"

#include <string.h>

/* What a task is created from. */
struct blueprint {
    TaskFunction_t code;
    void *parameter;
    const char *name;
    StackType_t *stack;
    size_t stack_depth;
    UBaseType_t priority;
    uint8_t flags;
};

static void copy_name(struct rtos_task *task, const char *name)
{
    size_t i = 0;

    for (; name != NULL && name[i] != '\0' && i < configMAX_TASK_NAME_LEN - 1; i++)
        task->name[i] = name[i];
    task->name[i] = '\0';
}

static void prepare_stack(struct rtos_task *task, const struct blueprint *plan)
{
    StackType_t *first = plan->stack, *last = plan->stack + plan->stack_depth - 1;

    if (RTOS_FILLS_STACKS)
        memset(plan->stack, RTOS_STACK_FILL, plan->stack_depth * sizeof(StackType_t));
    task->stack = plan->stack;
#if portSTACK_GROWTH < 0
    (void)first;
    last = (StackType_t *)((uintptr_t)last & ~(uintptr_t)portBYTE_ALIGNMENT_MASK);
#if configRECORD_STACK_HIGH_ADDRESS == 1
    task->stack_end = last;
#endif
    task->top_of_stack = pxPortInitialiseStack(last, plan->code, plan->parameter);
#else
    first = (StackType_t *)(((uintptr_t)first + portBYTE_ALIGNMENT_MASK) &
                            ~(uintptr_t)portBYTE_ALIGNMENT_MASK);
    task->stack_end = last;
    task->top_of_stack = pxPortInitialiseStack(first, plan->code, plan->parameter);
#endif
}

static void enter_into_books(struct rtos_task *task)
{
    rtos_kernel.task_count++;
#if RTOS_KEEPS_ALL_TASKS
    rtos_ring_append(&rtos_kernel.all, &task->all);
    rtos_kernel.last_number++;
#endif
#if configUSE_TRACE_FACILITY == 1
    task->number = rtos_kernel.last_number;
#endif
}

static void strike_from_books(struct rtos_task *task)
{
    rtos_kernel.task_count--;
#if RTOS_KEEPS_ALL_TASKS
    rtos_ring_remove(&rtos_kernel.all, &task->all);
#else
    (void)task;
#endif
}

static void create(struct rtos_task *task, const struct blueprint *plan)
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
    enter_into_books(task);
    traceTASK_CREATE(task);
    rtos_ready_add(task);
    rtos_unlock_and_switch(state);
}

#if configSUPPORT_DYNAMIC_ALLOCATION == 1
BaseType_t xTaskCreate(TaskFunction_t code, const char *const name,
                       const configSTACK_DEPTH_TYPE stack_depth, void *const parameter,
                       UBaseType_t priority, TaskHandle_t *const created)
{
    struct rtos_task *task = NULL;
    StackType_t *stack = NULL;

    configASSERT(code != NULL && stack_depth > 0 && priority < configMAX_PRIORITIES);
    if (stack_depth <= SIZE_MAX / sizeof(StackType_t))
        stack = pvPortMallocStack((size_t)stack_depth * sizeof(StackType_t));
    if (stack != NULL)
        task = pvPortMalloc(sizeof *task);
    if (task == NULL) {
        vPortFreeStack(stack);
        traceTASK_CREATE_FAILED();
        return errCOULD_NOT_ALLOCATE_REQUIRED_MEMORY;
    }
    if (created != NULL)
        *created = task; /* before the new task can run */
    create(task, &(struct blueprint){code, parameter, name, stack, stack_depth, priority, 0});
    return pdPASS;
}
#endif

#if configSUPPORT_STATIC_ALLOCATION == 1
TaskHandle_t xTaskCreateStatic(TaskFunction_t code, const char *const name,
                               const configSTACK_DEPTH_TYPE stack_depth, void *const parameter,
                               UBaseType_t priority, StackType_t *const stack,
                               StaticTask_t *const task)
{
    configASSERT(code != NULL && stack_depth > 0 && stack != NULL && task != NULL);
    if (stack == NULL || task == NULL) {
        traceTASK_CREATE_FAILED();
        return NULL;
    }
    create(task, &(struct blueprint){code, parameter, name, stack, stack_depth, priority,
                                     RTOS_TASK_STATIC_TCB | RTOS_TASK_STATIC_STACK});
    return task;
}

BaseType_t xTaskGetStaticBuffers(TaskHandle_t handle, StackType_t **stack, StaticTask_t **buffer)
{
    struct rtos_task *task = rtos_task_or_self(handle);

    configASSERT(stack != NULL && buffer != NULL);
    if (!(task->flags & RTOS_TASK_STATIC_STACK))
        return pdFALSE;
    *stack = task->stack;
    *buffer = task->flags & RTOS_TASK_STATIC_TCB ? task : NULL;
    return pdTRUE;
}
#endif

static void free_memory(struct rtos_task *task)
{
    uint8_t flags = task->flags;

    portCLEAN_UP_TCB(task);
#if configSUPPORT_DYNAMIC_ALLOCATION == 1
    if (!(flags & RTOS_TASK_STATIC_STACK))
        vPortFreeStack(task->stack);
    if (!(flags & RTOS_TASK_STATIC_TCB))
        vPortFree(task);
#else
    (void)flags;
#endif
}

static struct rtos_task *take_deleted(void)
{
    struct rtos_task *task = NULL;
    UBaseType_t state = rtos_lock();

    if (rtos_kernel.deleted != NULL) {
        task = RTOS_CONTAINER(rtos_kernel.deleted, struct rtos_task, link.ready);
        rtos_ring_remove(&rtos_kernel.deleted, &task->link.ready);
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

/* Takes a task out of everything it is in. Under the lock. */
static void withdraw(struct rtos_task *task)
{
    if (task->state == RTOS_TASK_READY)
        rtos_ready_remove(task);
    else
        rtos_stop_waiting(task);
    rtos_mutex_abandon_all(task);
    strike_from_books(task);
    task->state = RTOS_TASK_DELETED;
}

void vTaskDelete(TaskHandle_t handle)
{
    UBaseType_t state = rtos_lock();
    struct rtos_task *task = rtos_task_or_self(handle);
    bool is_self = task == pxCurrentTCB && rtos_kernel.running;

    configASSERT(task->state != RTOS_TASK_DELETED && (!is_self || rtos_kernel.held == 0));
    traceTASK_DELETE(task);
    withdraw(task);
    if (is_self) {
        rtos_ring_append(&rtos_kernel.deleted, &task->link.ready);
        portPRE_TASK_DELETE_HOOK(task, &rtos_kernel.switch_due);
        portYIELD_WITHIN_API();
        rtos_unlock(state); /* never comes back */
        return;
    }
    rtos_unlock(state);
    free_memory(task);
}
