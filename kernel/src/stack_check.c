/* SPDX-License-Identifier: MIT */
/*
 * The checks of stack_check.h. Method 1 compares the saved stack pointer with the stack's end;
 * method 2 also looks whether the last words still hold the fill.
 */
#include "stack_check.h"

#define GUARD_WORDS 4

static const uint8_t *far_end(const struct rtos_task *task)
{
#if portSTACK_GROWTH < 0
    return (const uint8_t *)task->stack;
#else
    return (const uint8_t *)task->stack_end;
#endif
}

#if configCHECK_FOR_STACK_OVERFLOW > 0
static bool pointer_is_outside(const struct rtos_task *task)
{
#if portSTACK_GROWTH < 0
    return task->top_of_stack <= task->stack;
#else
    return task->top_of_stack >= task->stack_end;
#endif
}

static bool guard_is_broken(const struct rtos_task *task)
{
    const uint8_t *byte = far_end(task);

    if (configCHECK_FOR_STACK_OVERFLOW < 2)
        return false;
    for (size_t i = 0; i < GUARD_WORDS * sizeof(StackType_t); i++, byte -= portSTACK_GROWTH)
        if (*byte != RTOS_STACK_FILL)
            return true;
    return false;
}

void rtos_stack_check(struct rtos_task *task)
{
    if (pointer_is_outside(task) || guard_is_broken(task))
        vApplicationStackOverflowHook(task, task->name);
}
#endif

size_t rtos_stack_unused(const struct rtos_task *task)
{
    const uint8_t *byte = far_end(task);
    size_t unused = 0;

    while (*byte == RTOS_STACK_FILL) {
        byte -= portSTACK_GROWTH;
        unused++;
    }
    return unused / sizeof(StackType_t);
}

#if configGENERATE_RUN_TIME_STATS == 1
static configRUN_TIME_COUNTER_TYPE last_reading;

static configRUN_TIME_COUNTER_TYPE read_counter(void)
{
#ifdef portALT_GET_RUN_TIME_COUNTER_VALUE
    configRUN_TIME_COUNTER_TYPE value;
    portALT_GET_RUN_TIME_COUNTER_VALUE(value);
    return value;
#else
    return (configRUN_TIME_COUNTER_TYPE)portGET_RUN_TIME_COUNTER_VALUE();
#endif
}

configRUN_TIME_COUNTER_TYPE rtos_run_time_total(void)
{
    return read_counter();
}

void rtos_run_time_charge(struct rtos_task *task)
{
    configRUN_TIME_COUNTER_TYPE now = read_counter();

    if (now > last_reading)
        task->run_time += now - last_reading;
    last_reading = now;
}
#endif
