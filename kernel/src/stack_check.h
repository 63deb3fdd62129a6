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

/* Words of a stack that still hold the fill. */
size_t rtos_stack_unused(const struct rtos_task *task);

#if configGENERATE_RUN_TIME_STATS == 1
/* Adds the time since the last switch to the task that ran. */
void rtos_run_time_charge(struct rtos_task *task);
configRUN_TIME_COUNTER_TYPE rtos_run_time_total(void);
#else
static inline void rtos_run_time_charge(struct rtos_task *task)
{
    (void)task;
}
#endif
