/* SPDX-License-Identifier: MIT */
/* Waiting for nothing but time. */
#include "kernel.h"

#include "wait.h"

void vTaskDelay(const TickType_t ticks)
{
    if (ticks == 0) {
        rtos_yield();
        return;
    }
    RTOS_ASSERT_MAY_WAIT(ticks);
    struct rtos_deadline deadline = rtos_deadline_in(ticks);
    UBaseType_t state = rtos_lock();
    traceTASK_DELAY();
    (void)rtos_wait_on(NULL, &deadline, &state);
    rtos_unlock_and_switch(state);
}

BaseType_t xTaskDelayUntil(TickType_t *const previous_wake, const TickType_t period)
{
    configASSERT(previous_wake != NULL && period > 0);
    RTOS_ASSERT_MAY_WAIT(period);
    UBaseType_t state = rtos_lock();
    TickType_t wake = (TickType_t)(*previous_wake + period);
    TickType_t passed = (TickType_t)(rtos_kernel.tick - *previous_wake);
    bool blocked = false;

    if (passed < period) {
        struct rtos_deadline deadline = rtos_deadline_in((TickType_t)(period - passed));
        traceTASK_DELAY_UNTIL(wake);
        blocked = rtos_wait_on(NULL, &deadline, &state);
    }
    rtos_unlock_and_switch(state);
    *previous_wake = wake;
    return blocked ? pdTRUE : pdFALSE;
}

BaseType_t xTaskAbortDelay(TaskHandle_t task)
{
    RTOS_ASSERT_IN_TASK();
    RTOS_ASSERT_TASK_EXISTS(task);
    UBaseType_t state = rtos_lock();
    bool was_blocked = task->state == RTOS_TASK_BLOCKED;

    if (was_blocked) {
        task->flags |= RTOS_TASK_ABORTED;
        rtos_wake(task);
    }
    rtos_unlock_and_switch(state);
    return was_blocked ? pdPASS : pdFAIL;
}
