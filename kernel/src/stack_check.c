/* SPDX-License-Identifier: MIT */
/*
 * The checks of stack_check.h. Method 1 compares the saved stack pointer with the stack's end;
 * method 2 also looks whether the last words still hold the fill.
 */
#include "stack_check.h"

#define GUARD_WORDS 4

size_t rtos_stack_unused(const struct rtos_task *task)
{
    const uint8_t *byte = (const uint8_t *)rtos_stack_limit(task);
    size_t unused = 0;

    while (*byte == RTOS_STACK_FILL) {
        byte -= portSTACK_GROWTH;
        unused++;
    }
    return unused / sizeof(StackType_t);
}

#if configCHECK_FOR_STACK_OVERFLOW > 0

static bool pointer_is_outside(const struct rtos_task *task)
{
    if (portSTACK_GROWTH < 0)
        return task->top_of_stack <= rtos_stack_limit(task);
    return task->top_of_stack >= rtos_stack_limit(task);
}

static bool guard_is_broken(const struct rtos_task *task)
{
    const uint8_t *byte = (const uint8_t *)rtos_stack_limit(task);

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
