/* SPDX-License-Identifier: MIT */
/*
 * The scheduler: starting and ending it, holding it, choosing the next task.
 */
#include "kernel.h"

#include "idle.h"
#include "ready.h"
#include "stack_check.h"
#include "wait.h"

#include "timers.h"

#define INITIAL_STATE                                                                              \
    {                                                                                              \
        .tick = configINITIAL_TICK_COUNT, .expired = configINITIAL_TICK_COUNT                      \
    }

struct rtos_kernel rtos_kernel = INITIAL_STATE;
struct rtos_task *volatile pxCurrentTCB;

void vTaskResetState(void)
{
    rtos_kernel = (struct rtos_kernel)INITIAL_STATE;
    pxCurrentTCB = NULL;
}

static bool create_kernel_tasks(void)
{
    if (!rtos_idle_create())
        return false;
    return !configUSE_TIMERS || xTimerCreateTimerTask() == pdPASS;
}

void vTaskStartScheduler(void)
{
    if (!create_kernel_tasks())
        return;
    portDISABLE_INTERRUPTS();
    pxCurrentTCB = rtos_ready_highest();
    rtos_kernel.running = true;
    portCONFIGURE_TIMER_FOR_RUN_TIME_STATS();
    traceTASK_SWITCHED_IN();
    traceSTARTING_SCHEDULER(rtos_kernel.idle_task);
    (void)xPortStartScheduler();
}

void vTaskEndScheduler(void)
{
    portDISABLE_INTERRUPTS();
    rtos_kernel.running = false;
    vPortEndScheduler();
}

void vTaskSwitchContext(void)
{
    if (rtos_kernel.held != 0) {
        rtos_kernel.switch_due = true; /* made when the scheduler is let go */
        return;
    }
    rtos_kernel.switch_due = false;
    traceTASK_SWITCHED_OUT();
    rtos_stack_check(pxCurrentTCB);
    rtos_run_time_charge(pxCurrentTCB);
    pxCurrentTCB = rtos_ready_highest();
    portTASK_SWITCH_HOOK(pxCurrentTCB);
    traceTASK_SWITCHED_IN();
}

void rtos_yield(void)
{
    UBaseType_t state = rtos_lock();
    struct rtos_task *self = pxCurrentTCB;

    if (rtos_kernel.ready[self->priority] == &self->link.ready)
        (void)rtos_ready_rotate(self->priority);
    if (rtos_ready_highest() != self)
        portYIELD();
    rtos_unlock(state);
}

void vTaskSuspendAll(void)
{
    RTOS_ASSERT_IN_TASK();
    UBaseType_t state = rtos_lock();

    rtos_kernel.held++;
    rtos_unlock(state);
}

BaseType_t xTaskResumeAll(void)
{
    BaseType_t switched = pdFALSE;
    UBaseType_t state = rtos_lock();

    configASSERT(rtos_kernel.held > 0);
    rtos_kernel.held--;
    if (rtos_kernel.held == 0 && rtos_kernel.running) {
        rtos_kernel.tick = (TickType_t)(rtos_kernel.tick + rtos_kernel.pending_ticks);
        rtos_kernel.pending_ticks = 0;
        rtos_wake_sleepers(&state);
        switched = configUSE_PREEMPTION && rtos_kernel.switch_due ? pdTRUE : pdFALSE;
        if (switched)
            portYIELD_WITHIN_API();
    }
    rtos_unlock_and_switch(state);
    return switched;
}

BaseType_t xTaskGetSchedulerState(void)
{
    if (!rtos_kernel.running)
        return taskSCHEDULER_NOT_STARTED;
    return rtos_kernel.held == 0 ? taskSCHEDULER_RUNNING : taskSCHEDULER_SUSPENDED;
}
