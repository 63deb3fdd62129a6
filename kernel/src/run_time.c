/* SPDX-License-Identifier: MIT */
/* How long each task ran, by the counter that the application or the port supplies. */
#include "stack_check.h"

#if configGENERATE_RUN_TIME_STATS == 1

static configRUN_TIME_COUNTER_TYPE last_reading;

configRUN_TIME_COUNTER_TYPE rtos_run_time_total(void)
{
    configRUN_TIME_COUNTER_TYPE value;

    portALT_GET_RUN_TIME_COUNTER_VALUE(value);
    return value;
}

configRUN_TIME_COUNTER_TYPE rtos_run_time_of(const struct rtos_task *task)
{
    UBaseType_t state = rtos_lock();

    if (task == pxCurrentTCB)
        rtos_run_time_charge(pxCurrentTCB);
    configRUN_TIME_COUNTER_TYPE ran = task->run_time;
    rtos_unlock(state);
    return ran;
}

void rtos_run_time_charge(struct rtos_task *task)
{
    configRUN_TIME_COUNTER_TYPE now = rtos_run_time_total();

    if (now > last_reading)
        task->run_time += now - last_reading;
    last_reading = now;
}

configRUN_TIME_COUNTER_TYPE ulTaskGetRunTimeCounter(const TaskHandle_t task)
{
    return rtos_run_time_of(rtos_task_or_self(task));
}

configRUN_TIME_COUNTER_TYPE ulTaskGetRunTimePercent(const TaskHandle_t task)
{
    configRUN_TIME_COUNTER_TYPE hundredth = rtos_run_time_total() / 100;

    return hundredth == 0 ? 0 : ulTaskGetRunTimeCounter(task) / hundredth;
}

configRUN_TIME_COUNTER_TYPE ulTaskGetIdleRunTimeCounter(void)
{
    return rtos_kernel.idle_task == NULL ? 0 : ulTaskGetRunTimeCounter(rtos_kernel.idle_task);
}

configRUN_TIME_COUNTER_TYPE ulTaskGetIdleRunTimePercent(void)
{
    return rtos_kernel.idle_task == NULL ? 0 : ulTaskGetRunTimePercent(rtos_kernel.idle_task);
}

#endif
