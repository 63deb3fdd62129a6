/* SPDX-License-Identifier: MIT */
/*
 * Questions about tasks. Those that look at every task hold the scheduler, so that none comes or
 * goes meanwhile, and never mask interrupts for longer than one task takes.
 */
#include "kernel.h"

#include "stack_check.h"

#include <string.h>

eTaskState eTaskGetState(TaskHandle_t task)
{
    static const eTaskState known_as[] = {
        [RTOS_TASK_READY] = eReady,
        [RTOS_TASK_BLOCKED] = eBlocked,
        [RTOS_TASK_SUSPENDED] = eSuspended,
        [RTOS_TASK_DELETED] = eDeleted,
    };

    configASSERT(task != NULL);
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

#if RTOS_KEEPS_ALL_TASKS
/* The task behind `task` in the list of all, or the first; NULL at the end. */
static struct rtos_task *next_of_all(struct rtos_task *task)
{
    struct rtos_ring *node = task == NULL ? rtos_kernel.all : task->all.next;

    if (node == NULL || (task != NULL && node == rtos_kernel.all))
        return NULL;
    return RTOS_CONTAINER(node, struct rtos_task, all);
}

TaskHandle_t xTaskGetHandle(const char *name)
{
    struct rtos_task *task = NULL;

    configASSERT(name != NULL && strlen(name) < configMAX_TASK_NAME_LEN);
    vTaskSuspendAll();
    while ((task = next_of_all(task)) != NULL)
        if (strcmp(task->name, name) == 0)
            break;
    (void)xTaskResumeAll();
    return task;
}
#endif

#if configUSE_TRACE_FACILITY == 1
void vTaskGetInfo(TaskHandle_t handle, TaskStatus_t *status, BaseType_t want_stack,
                  eTaskState state)
{
    struct rtos_task *task = rtos_task_or_self(handle);

    memset(status, 0, sizeof *status);
    status->xHandle = task;
    status->pcTaskName = task->name;
    status->xTaskNumber = task->number;
    status->eCurrentState = state == eInvalid ? eTaskGetState(task) : state;
    status->uxCurrentPriority = task->priority;
    status->uxBasePriority = task->base_priority;
    status->pxStackBase = task->stack;
#if configGENERATE_RUN_TIME_STATS == 1
    status->ulRunTimeCounter = task->run_time;
#endif
#if portSTACK_GROWTH > 0 || configRECORD_STACK_HIGH_ADDRESS == 1
    status->pxTopOfStack = (StackType_t *)task->top_of_stack;
    status->pxEndOfStack = task->stack_end;
#endif
    if (want_stack == pdTRUE)
        status->usStackHighWaterMark = (configSTACK_DEPTH_TYPE)rtos_stack_unused(task);
}

UBaseType_t uxTaskGetSystemState(TaskStatus_t *const statuses, const UBaseType_t capacity,
                                 configRUN_TIME_COUNTER_TYPE *const total_run_time)
{
    UBaseType_t count = 0;

    vTaskSuspendAll();
    if (rtos_kernel.task_count <= capacity)
        for (struct rtos_task *task = NULL; (task = next_of_all(task)) != NULL;)
            vTaskGetInfo(task, &statuses[count++], pdTRUE, eInvalid);
    if (total_run_time != NULL) {
#if configGENERATE_RUN_TIME_STATS == 1
        *total_run_time = rtos_run_time_total();
#else
        *total_run_time = 0;
#endif
    }
    (void)xTaskResumeAll();
    return count;
}
#endif
