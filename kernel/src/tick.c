/* SPDX-License-Identifier: MIT */
/*
 * The clock: counting ticks, waking whose time has come, slicing time among equals. While the
 * scheduler is held ticks are only counted, and are made up for when it is let go.
 */
#include "kernel.h"

#include "ready.h"
#include "wait.h"

static void slice_time(void)
{
    struct rtos_task *running = pxCurrentTCB;

    if (!configUSE_PREEMPTION || !configUSE_TIME_SLICING)
        return;
    if (rtos_kernel.ready[running->priority] == &running->link.ready &&
        rtos_ready_rotate(running->priority))
        rtos_kernel.switch_due = true;
}

BaseType_t xTaskIncrementTick(void)
{
    UBaseType_t state = rtos_lock();
    bool switch_now = false;

    traceTASK_INCREMENT_TICK(rtos_kernel.tick);
    if (rtos_kernel.held != 0) {
        rtos_kernel.pending_ticks++;
    } else {
        rtos_kernel.tick++;
        rtos_wake_sleepers(&state);
        slice_time();
        switch_now = configUSE_PREEMPTION && rtos_kernel.switch_due;
    }
    rtos_unlock(state);
    if (configUSE_TICK_HOOK)
        vApplicationTickHook();
    return switch_now ? pdTRUE : pdFALSE;
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
