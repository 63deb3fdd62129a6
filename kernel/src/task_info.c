/* SPDX-License-Identifier: MIT */
/* Questions about one task. */
#include "kernel.h"

#include "stack_check.h"

eTaskState eTaskGetState(TaskHandle_t task)
{
    static const eTaskState known_as[] = {
        [RTOS_TASK_READY] = eReady,
        [RTOS_TASK_SUSPENDED] = eSuspended,
        [RTOS_TASK_DELETED] = eDeleted,
    };

    configASSERT(task != NULL);
    if (rtos_is_blocked(task))
        return eBlocked;
    if (task == pxCurrentTCB && task->state == RTOS_TASK_READY)
        return eRunning;
    return known_as[task->state];
}

char *pcTaskGetName(TaskHandle_t task)
{
    return rtos_task_or_self(task)->name;
}

TaskHandle_t xTaskGetCurrentTaskHandle(void)
{
    return pxCurrentTCB;
}

TaskHandle_t xTaskGetIdleTaskHandle(void)
{
    return rtos_kernel.idle_task;
}

UBaseType_t uxTaskGetNumberOfTasks(void)
{
    return rtos_kernel.task_count;
}

UBaseType_t uxTaskGetStackHighWaterMark(TaskHandle_t task)
{
    return (UBaseType_t)rtos_stack_unused(rtos_task_or_self(task));
}

configSTACK_DEPTH_TYPE uxTaskGetStackHighWaterMark2(TaskHandle_t task)
{
    return (configSTACK_DEPTH_TYPE)rtos_stack_unused(rtos_task_or_self(task));
}
