/* SPDX-License-Identifier: MIT */
/*
 * The clock: counting ticks, waking whose time has come, slicing time among equals. While the
 * scheduler is held ticks are only counted, and are made up for when it is let go.
 */
#include "kernel.h"

#include "ready.h"
#include "wait.h"

/* Ends the running task's turn; true if another one has its priority. */
static bool slice_time(void)
{
    if (!configUSE_PREEMPTION || !configUSE_TIME_SLICING || rtos_kernel.held != 0)
        return false;
    UBaseType_t state = rtos_lock();
    struct rtos_task *running = pxCurrentTCB;
    bool rotated = running->state == RTOS_TASK_READY &&
                   rtos_kernel.ready[running->priority] == running &&
                   rtos_ready_rotate(running->priority);
    rtos_unlock(state);
    return rotated;
}

/* Counts a tick, and those that came in the moment in which the scheduler was let go. */
static inline TickType_t count_tick(void)
{
    UBaseType_t state = portTICK_TYPE_IS_ATOMIC ? 0 : rtos_lock();
    TickType_t now = (TickType_t)(rtos_kernel.tick + rtos_kernel.pending_ticks + 1);

    rtos_kernel.tick = now;
    rtos_kernel.pending_ticks = 0;
    if (!portTICK_TYPE_IS_ATOMIC)
        rtos_unlock(state);
    return now;
}

/* A tick while the scheduler is held, or one on which a sleeper is to be looked at. */
RTOS_SLOW static bool wake_or_put_off(void)
{
    if (rtos_kernel.held == 0)
        return rtos_wake_sleepers();
    rtos_kernel.pending_ticks++;
    return false;
}

/* Only a task changes what is read here without the lock, and none runs; an interrupt that nests may
 * only wake sleepers. True if another task should run now. */
static inline bool advance(void)
{
    if (rtos_kernel.held != 0)
        return wake_or_put_off();
    TickType_t now = count_tick();
    const struct rtos_pnode *first = rtos_kernel.delayed.first;
    TickType_t expired = rtos_kernel.expired;
    if (first != NULL && (TickType_t)(first->key - expired) <= (TickType_t)(now - expired))
        return wake_or_put_off();
    rtos_kernel.expired = now;
    return false;
}

BaseType_t xTaskIncrementTick(void)
{
    traceTASK_INCREMENT_TICK(rtos_kernel.tick);
    bool switch_now = advance();
    switch_now |= slice_time();
    if (configUSE_TICK_HOOK)
        vApplicationTickHook();
    return switch_now && configUSE_PREEMPTION ? pdTRUE : pdFALSE;
}

TickType_t xTaskGetTickCount(void)
{
    if (portTICK_TYPE_IS_ATOMIC)
        return rtos_kernel.tick;
    UBaseType_t state = rtos_lock();
    TickType_t tick = rtos_kernel.tick;
    rtos_unlock(state);
    return tick;
}

TickType_t xTaskGetTickCountFromISR(void)
{
    portASSERT_IF_INTERRUPT_PRIORITY_INVALID();
    return xTaskGetTickCount();
}

BaseType_t xTaskCatchUpTicks(TickType_t ticks)
{
    configASSERT(rtos_kernel.held == 0);
    vTaskSuspendAll();
    UBaseType_t state = rtos_lock();
    rtos_kernel.pending_ticks = (TickType_t)(rtos_kernel.pending_ticks + ticks);
    rtos_unlock(state);
    return xTaskResumeAll();
}

void vTaskSetTimeOutState(TimeOut_t *const time_out)
{
    configASSERT(time_out != NULL);
    time_out->xOverflowCount = 0;
    time_out->xTimeOnEntering = xTaskGetTickCount();
}

BaseType_t xTaskCheckForTimeOut(TimeOut_t *const time_out, TickType_t *const ticks_to_wait)
{
    configASSERT(time_out != NULL && ticks_to_wait != NULL);
    if (INCLUDE_vTaskSuspend && *ticks_to_wait == portMAX_DELAY)
        return pdFALSE;
    TickType_t now = xTaskGetTickCount();
    TickType_t passed = (TickType_t)(now - time_out->xTimeOnEntering);
    if (passed >= *ticks_to_wait) {
        *ticks_to_wait = 0;
        return pdTRUE;
    }
    *ticks_to_wait = (TickType_t)(*ticks_to_wait - passed);
    time_out->xTimeOnEntering = now;
    return pdFALSE;
}
