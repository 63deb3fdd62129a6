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

void rtos_run_time_charge(struct rtos_task *task)
{
    configRUN_TIME_COUNTER_TYPE now = rtos_run_time_total();

    if (now > last_reading)
        task->run_time += now - last_reading;
    last_reading = now;
}

#endif
