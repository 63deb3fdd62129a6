/* SPDX-License-Identifier: MIT */
/*
 * The idle task. It is the one task that never waits, so there is always something to run. With
 * configUSE_TICKLESS_IDLE it hands the time until the next wake-up to the port, which sleeps with
 * the tick stopped and reports with vTaskStepTick what passed.
 */
#include "idle.h"

#include "ready.h"
#include "task_memory.h"
#include "wait.h"

/* Whether no other task is ready. */
static bool is_alone(void)
{
    UBaseType_t state = rtos_lock();
    struct rtos_task *highest = rtos_ready_highest();
    bool alone = highest == rtos_kernel.idle_task && highest->next == highest;

    rtos_unlock(state);
    return alone;
}

/* Ticks until something must run; 0 when something is ready now. With the scheduler held. */
static TickType_t idle_ticks(void)
{
    TickType_t wake;

    if (!is_alone() || rtos_kernel.pending_ticks != 0)
        return 0;
    TickType_t ticks = rtos_coroutine_ticks();
    TickType_t asleep = rtos_next_wake(&wake) ? (TickType_t)(wake - rtos_kernel.tick)
                                              : portMAX_DELAY;
    return configMIN(ticks, asleep);
}

/* False: something is due soon. */
static bool sleep_without_ticks(void)
{
    vTaskSuspendAll();
    TickType_t ticks = idle_ticks();
    if (ticks < configEXPECTED_IDLE_TIME_BEFORE_SLEEP) {
        (void)xTaskResumeAll();
        return false;
    }
    configPRE_SUPPRESS_TICKS_AND_SLEEP_PROCESSING(ticks);
    if (ticks >= configEXPECTED_IDLE_TIME_BEFORE_SLEEP) {
        traceLOW_POWER_IDLE_BEGIN();
        portSUPPRESS_TICKS_AND_SLEEP(ticks);
        traceLOW_POWER_IDLE_END();
    }
    (void)xTaskResumeAll();
    return true;
}

void vTaskStepTick(TickType_t ticks)
{
    UBaseType_t state = rtos_lock();

    configASSERT(rtos_kernel.delayed.first == NULL ||
                 ticks <= (TickType_t)(rtos_kernel.delayed.first->key - rtos_kernel.tick));
    rtos_kernel.tick = (TickType_t)(rtos_kernel.tick + ticks);
    traceINCREASE_TICK_COUNT(ticks);
    if (rtos_sleeper_is_due()) {
        /* The last tick is counted when the scheduler is let go, which wakes the sleeper. */
        rtos_kernel.tick--;
        rtos_kernel.pending_ticks++;
    }
    rtos_unlock(state);
}

eSleepModeStatus eTaskConfirmSleepModeStatus(void)
{
    if (rtos_kernel.switch_due || rtos_kernel.pending_ticks != 0 || !is_alone())
        return eAbortSleep;
    return rtos_kernel.delayed.first == NULL ? eNoTasksWaitingTimeout : eStandardSleep;
}

static void idle(void *parameter)
{
    (void)parameter;
    for (;;) {
        rtos_task_free_deleted();
        if (!configUSE_PREEMPTION || (configIDLE_SHOULD_YIELD && !is_alone()))
            rtos_yield();
        if (configUSE_IDLE_HOOK)
            vApplicationIdleHook();
        if (configUSE_TICKLESS_IDLE && sleep_without_ticks())
            continue;
        if (is_alone() && rtos_coroutine_ticks() != 0) {
            portIDLE();
        }
    }
}

bool rtos_idle_create(void)
{
    if (configSUPPORT_STATIC_ALLOCATION) {
        StaticTask_t *task = NULL;
        StackType_t *stack = NULL;
        configSTACK_DEPTH_TYPE depth = 0;
        vApplicationGetIdleTaskMemory(&task, &stack, &depth);
        rtos_kernel.idle_task = xTaskCreateStatic(idle, configIDLE_TASK_NAME, depth, NULL,
                                                  tskIDLE_PRIORITY, stack, task);
        return rtos_kernel.idle_task != NULL;
    }
    return xTaskCreate(idle, configIDLE_TASK_NAME, configMINIMAL_STACK_SIZE, NULL, tskIDLE_PRIORITY,
                       &rtos_kernel.idle_task) == pdPASS;
}
