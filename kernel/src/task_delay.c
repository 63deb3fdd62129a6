/* SPDX-License-Identifier: MIT */
/* Waiting for nothing but time. */
#include "kernel.h"

#include "wait.h"

void vTaskDelay(const TickType_t ticks)
{
    RTOS_ASSERT_IN_TASK();
    if (ticks == 0) {
        rtos_yield();
        return;
    }
    RTOS_ASSERT_MAY_WAIT(ticks);
    UBaseType_t state = rtos_lock();
    traceTASK_DELAY();
    (void)rtos_sleep(ticks, state, RTOS_TASK_SLEEPS);
    rtos_unlock(state);
}

BaseType_t xTaskDelayUntil(TickType_t *const previous_wake, const TickType_t period)
{
    RTOS_ASSERT_IN_TASK();
    configASSERT(previous_wake != NULL && period > 0);
    RTOS_ASSERT_MAY_WAIT(period);
    UBaseType_t state = rtos_lock();
    TickType_t wake = (TickType_t)(*previous_wake + period);
    TickType_t passed = (TickType_t)(rtos_kernel.tick - *previous_wake);
    bool blocked = false;

    if (passed < period) {
        traceTASK_DELAY_UNTIL(wake);
        (void)rtos_sleep((TickType_t)(period - passed), state, RTOS_TASK_SLEEPS);
        blocked = true;
    }
    rtos_unlock(state);
    *previous_wake = wake;
    return blocked ? pdTRUE : pdFALSE;
}

BaseType_t xTaskAbortDelay(TaskHandle_t task)
{
    RTOS_ASSERT_IN_TASK();
    configASSERT(task != NULL);
    UBaseType_t state = rtos_lock();
    if (!rtos_is_blocked(task)) {
        rtos_unlock(state);
        RTOS_ASSERT_TASK_EXISTS(task);
        return pdFAIL;
    }
    task->ticks_left = 0;
    struct rtos_task *holder = rtos_stop_waiting(task);
    (void)rtos_make_ready(task);
    rtos_unlock_and_update(state, holder);
    return pdPASS;
}
