/* SPDX-License-Identifier: MIT */
/*
 * What is looked at whenever a task is switched out: whether it is still within its stack, and how
 * long it ran. Both cost nothing when their option is off.
 */
#pragma once

#include "kernel.h"

#define RTOS_STACK_FILL 0xa5u

/* Whether stacks are filled with RTOS_STACK_FILL when tasks are created. */
#define RTOS_FILLS_STACKS                                                                          \
    (configCHECK_FOR_STACK_OVERFLOW > 1 || configUSE_TRACE_FACILITY == 1 ||                        \
     INCLUDE_uxTaskGetStackHighWaterMark == 1 || INCLUDE_uxTaskGetStackHighWaterMark2 == 1)

#if configCHECK_FOR_STACK_OVERFLOW > 0
void rtos_stack_check(struct rtos_task *task);
#else
static inline void rtos_stack_check(struct rtos_task *task)
{
    (void)task;
}
#endif

/* The word that the stack must not reach: its lowest, or its highest where stacks grow upwards. */
static inline StackType_t *rtos_stack_limit(const struct rtos_task *task)
{
#if portSTACK_GROWTH < 0
    return task->stack;
#else
    return task->stack_end;
#endif
}

/* Notes and tells the highest word, where the option keeps it. */
static inline void rtos_stack_end_set(struct rtos_task *task, StackType_t *end)
{
#if portSTACK_GROWTH > 0 || configRECORD_STACK_HIGH_ADDRESS == 1
    task->stack_end = end;
#else
    (void)task, (void)end;
#endif
}

static inline void rtos_stack_bounds_get(const struct rtos_task *task, TaskStatus_t *status)
{
#if portSTACK_GROWTH > 0 || configRECORD_STACK_HIGH_ADDRESS == 1
    status->pxTopOfStack = (StackType_t *)(uintptr_t)task->top_of_stack;
    status->pxEndOfStack = task->stack_end;
#else
    (void)task, (void)status;
#endif
}

/* Words of a stack that still hold the fill. */
size_t rtos_stack_unused(const struct rtos_task *task);

#if configGENERATE_RUN_TIME_STATS == 1
/* Adds the time since the last switch to the task that ran. */
void rtos_run_time_charge(struct rtos_task *task);
configRUN_TIME_COUNTER_TYPE rtos_run_time_total(void);

/* How long a task ran, what it ran since the last switch included. */
configRUN_TIME_COUNTER_TYPE rtos_run_time_of(const struct rtos_task *task);
#else
static inline void rtos_run_time_charge(struct rtos_task *task)
{
    (void)task;
}
static inline configRUN_TIME_COUNTER_TYPE rtos_run_time_total(void)
{
    return 0;
}
static inline configRUN_TIME_COUNTER_TYPE rtos_run_time_of(const struct rtos_task *task)
{
    (void)task;
    return 0;
}
#endif
