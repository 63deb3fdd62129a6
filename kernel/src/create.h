/* SPDX-License-Identifier: MIT */
/*
 * Making objects, wherever their memory comes from: create_dynamic.c takes it from the heap,
 * create_static.c from the caller; both then call the functions below.
 */
#pragma once

#include "object.h"

/* What a task is made from. */
struct rtos_task_plan {
    TaskFunction_t code;
    void *parameter;
    const char *name;
    StackType_t *stack;
    size_t stack_depth; /* in words, not 0 */
    UBaseType_t priority;
    uint8_t flags; /* RTOS_TASK_STATIC_… */
};

/* Fills in the task and makes it ready. From a task, or before the scheduler starts. */
void rtos_task_make(struct rtos_task *task, const struct rtos_task_plan *plan);

QueueHandle_t rtos_queue_make(struct rtos_queue *queue, UBaseType_t length, UBaseType_t item_size,
                              uint8_t *storage, uint8_t type);
QueueHandle_t rtos_semaphore_make(struct rtos_object *semaphore, uint8_t type, UBaseType_t limit,
                                  UBaseType_t initial);
QueueHandle_t rtos_mutex_make(struct rtos_mutex *mutex, uint8_t type);

/* Frees what create_dynamic.c took; with no heap there is nothing to free. */
#if configSUPPORT_DYNAMIC_ALLOCATION == 1
static inline void rtos_free(void *memory)
{
    vPortFree(memory);
}
static inline void rtos_free_stack(void *stack)
{
    vPortFreeStack(stack);
}
#else
static inline void rtos_free(void *memory)
{
    (void)memory;
}
static inline void rtos_free_stack(void *stack)
{
    (void)stack;
}
#endif
