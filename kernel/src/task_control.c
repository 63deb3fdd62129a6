/* SPDX-License-Identifier: MIT */
/* Suspending, resuming and giving other priorities. */
#include "kernel.h"

#include "inherit.h"
#include "ready.h"
#include "wait.h"

void vTaskSuspend(TaskHandle_t handle)
{
    RTOS_ASSERT_IN_TASK();
    UBaseType_t state = rtos_lock();
    struct rtos_task *task = rtos_task_or_self(handle);

    RTOS_ASSERT_TASK_EXISTS(task);
    traceTASK_SUSPEND(task);
    if (task->state == RTOS_TASK_READY)
        rtos_ready_remove(task);
    else
        rtos_stop_waiting(task);
    task->state = RTOS_TASK_SUSPENDED;
    if (rtos_kernel.running && task == pxCurrentTCB) {
        configASSERT(rtos_kernel.held == 0);
        portYIELD_WITHIN_API();
    }
    rtos_unlock(state);
}

/* Under the lock; false when the task was not suspended. */
static bool resume(struct rtos_task *task)
{
    if (task->state != RTOS_TASK_SUSPENDED)
        return false;
    rtos_ready_add(task);
    return true;
}

void vTaskResume(TaskHandle_t task)
{
    RTOS_ASSERT_IN_TASK();
    RTOS_ASSERT_TASK_EXISTS(task);
    UBaseType_t state = rtos_lock();

    if (resume(task)) {
        traceTASK_RESUME(task);
    }
    rtos_unlock_and_switch(state);
}

BaseType_t xTaskResumeFromISR(TaskHandle_t task)
{
    BaseType_t switch_needed = pdFALSE;

    RTOS_ASSERT_TASK_EXISTS(task);
    RTOS_ASSERT_IN_ISR();
    UBaseType_t state = rtos_lock();
    if (resume(task)) {
        traceTASK_RESUME_FROM_ISR(task);
        switch_needed = rtos_kernel.switch_due ? pdTRUE : pdFALSE;
    }
    rtos_unlock(state);
    return switch_needed;
}

UBaseType_t uxTaskPriorityGet(const TaskHandle_t task)
{
    return rtos_task_or_self(task)->priority;
}

UBaseType_t uxTaskPriorityGetFromISR(const TaskHandle_t task)
{
    portASSERT_IF_INTERRUPT_PRIORITY_INVALID();
    return uxTaskPriorityGet(task);
}

UBaseType_t uxTaskBasePriorityGet(const TaskHandle_t task)
{
    return rtos_task_or_self(task)->base_priority;
}

UBaseType_t uxTaskBasePriorityGetFromISR(const TaskHandle_t task)
{
    portASSERT_IF_INTERRUPT_PRIORITY_INVALID();
    return uxTaskBasePriorityGet(task);
}

void vTaskPrioritySet(TaskHandle_t handle, UBaseType_t priority)
{
    RTOS_ASSERT_IN_TASK();
    configASSERT(priority < configMAX_PRIORITIES);
    if (priority >= configMAX_PRIORITIES)
        priority = configMAX_PRIORITIES - 1;
    UBaseType_t state = rtos_lock();
    struct rtos_task *task = rtos_task_or_self(handle);

    RTOS_ASSERT_TASK_EXISTS(task);
    traceTASK_PRIORITY_SET(task, priority);
    task->base_priority = (uint8_t)priority;
    rtos_task_update_priority(task);
    rtos_unlock_and_switch(state);
}
