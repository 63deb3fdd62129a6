/* SPDX-License-Identifier: MIT */
/*
 * Every task in order of creation, and the questions that look at all of them. They hold the
 * scheduler, so that none comes or goes meanwhile, and never mask interrupts.
 */
#include "task_list.h"

#include "ring.h"
#include "stack_check.h"

#include <string.h>

#if RTOS_KEEPS_ALL_TASKS

void rtos_task_list_add(struct rtos_task *task)
{
    rtos_ring_append(&rtos_kernel.all, &task->all);
    task->number = ++rtos_kernel.last_number;
}

void rtos_task_list_remove(struct rtos_task *task)
{
    rtos_ring_remove(&rtos_kernel.all, &task->all);
}

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
    status->ulRunTimeCounter = rtos_run_time_of(task);
    rtos_stack_bounds_get(task, status);
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
    if (total_run_time != NULL)
        *total_run_time = rtos_run_time_total();
    (void)xTaskResumeAll();
    return count;
}

UBaseType_t uxTaskCallForEachTask(TaskStatusCallbackFunction_t callback, void *parameter)
{
    UBaseType_t count = 0;
    TaskStatus_t status;

    configASSERT(callback != NULL);
    vTaskSuspendAll();
    for (struct rtos_task *task = NULL; (task = next_of_all(task)) != NULL; count++) {
        vTaskGetInfo(task, &status, pdTRUE, eInvalid);
        callback(&status, parameter);
    }
    (void)xTaskResumeAll();
    return count;
}

#endif
