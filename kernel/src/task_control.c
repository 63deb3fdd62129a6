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

    struct rtos_task *holder = NULL;

    configASSERT(task != NULL);
    traceTASK_SUSPEND(task);
    if (task->state == RTOS_TASK_READY) {
        rtos_ready_remove(task);
    } else {
        RTOS_ASSERT_TASK_EXISTS(task);
        holder = rtos_stop_waiting(task);
    }
    task->state = RTOS_TASK_SUSPENDED;
    if (rtos_kernel.running && task == pxCurrentTCB) {
        configASSERT(rtos_kernel.held == 0);
        rtos_unlock(state);
        portYIELD();
        return;
    }
    rtos_unlock_and_update(state, holder);
}

/* Under the lock. True if the task should run now. */
static inline bool resume(struct rtos_task *task)
{
    if (!rtos_ready_add(task) || !rtos_kernel.running)
        return false;
    rtos_switch_soon();
    return true;
}

void vTaskResume(TaskHandle_t task)
{
    RTOS_ASSERT_IN_TASK();
    configASSERT(task != NULL);
    UBaseType_t state = rtos_lock();
    if (task->state == RTOS_TASK_SUSPENDED) {
        traceTASK_RESUME(task);
        (void)resume(task);
        rtos_unlock(state);
        return;
    }
    rtos_unlock(state);
    RTOS_ASSERT_TASK_EXISTS(task);
}

BaseType_t xTaskResumeFromISR(TaskHandle_t task)
{
    RTOS_ASSERT_IN_ISR();
    configASSERT(task != NULL);
    UBaseType_t state = rtos_lock();
    if (task->state == RTOS_TASK_SUSPENDED) {
        traceTASK_RESUME_FROM_ISR(task);
        bool woken = resume(task);
        rtos_unlock(state);
        return woken ? pdTRUE : pdFALSE;
    }
    rtos_unlock(state);
    RTOS_ASSERT_TASK_EXISTS(task);
    return pdFALSE;
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
    struct rtos_task *task = rtos_task_or_self(handle);

    RTOS_ASSERT_TASK_EXISTS(task);
    rtos_hold();
    traceTASK_PRIORITY_SET(task, priority);
    task->base_priority = (uint8_t)priority;
    rtos_task_update_priority(task);
    rtos_release();
}
