/* SPDX-License-Identifier: MIT */
/* The idle task: runs when nothing else does, frees what deleted tasks left, puts the CPU to sleep.
 */
#pragma once

#include "kernel.h"

/* Creates the idle task; false when there is no memory for it. */
bool rtos_idle_create(void);

/* The ticks until a co-routine that the idle hook schedules has something to do; 0: it has now. */
#if configUSE_CO_ROUTINES == 1 && configUSE_IDLE_HOOK == 1
TickType_t rtos_coroutine_ticks(void);
#else
static inline TickType_t rtos_coroutine_ticks(void)
{
    return portMAX_DELAY;
}
#endif
