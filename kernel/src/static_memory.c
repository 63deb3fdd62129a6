/* SPDX-License-Identifier: MIT */
/* The memory of the kernel's own tasks, where the application does not supply it. */
#include "kernel.h"

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

#endif
