/* SPDX-License-Identifier: MIT */
/* Deferred interrupt handling. */
#pragma once

#define configUSE_PREEMPTION          1
#define configUSE_IDLE_HOOK           0
#define configUSE_TICK_HOOK           0
#define configCPU_CLOCK_HZ            100000000UL
#define configTICK_RATE_HZ            100
#define configMINIMAL_STACK_SIZE      128
#define configTOTAL_HEAP_SIZE         (16 * 1024)
#define configMAX_PRIORITIES          8
#define configUSE_COUNTING_SEMAPHORES 1
extern void vAssertCalled(const char *pcFile, int iLine);
#define configASSERT(x)                                                                            \
    if ((x) == 0)                                                                                  \
    vAssertCalled(__FILE__, __LINE__)
