/* SPDX-License-Identifier: MIT */
/* The memory of the kernel's own tasks, where the application does not supply it. */
#include "kernel.h"
#include "timers.h"

#if configSUPPORT_STATIC_ALLOCATION == 1 && configKERNEL_PROVIDED_STATIC_MEMORY == 1

void vApplicationGetIdleTaskMemory(StaticTask_t **task, StackType_t **stack,
                                   configSTACK_DEPTH_TYPE *stack_depth)
{
    static StaticTask_t idle_task;
    static StackType_t idle_stack[configMINIMAL_STACK_SIZE];

    *task = &idle_task;
    *stack = idle_stack;
    *stack_depth = configMINIMAL_STACK_SIZE;
}

#if configUSE_TIMERS == 1
void vApplicationGetTimerTaskMemory(StaticTask_t **task, StackType_t **stack,
                                    configSTACK_DEPTH_TYPE *stack_depth)
{
    static StaticTask_t timer_task;
    static StackType_t timer_stack[configTIMER_TASK_STACK_DEPTH];

    *task = &timer_task;
    *stack = timer_stack;
    *stack_depth = configTIMER_TASK_STACK_DEPTH;
}
#endif

#endif
