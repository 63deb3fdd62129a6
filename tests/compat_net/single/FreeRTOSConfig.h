/* SPDX-License-Identifier: MIT */
/* Of the time around 2019: no static allocation, no deletion of tasks. */
#pragma once

#define configUSE_PREEMPTION              1
#define configUSE_IDLE_HOOK               0
#define configUSE_TICK_HOOK               0
#define configCPU_CLOCK_HZ                ((unsigned long)100000000)
#define configTICK_RATE_HZ                ((TickType_t)1000)
#define configMAX_PRIORITIES              (7)
#define configMINIMAL_STACK_SIZE          ((unsigned short)4096)
#define configTOTAL_HEAP_SIZE             ((size_t)(512 * 1024))
#define configMAX_TASK_NAME_LEN           (12)
#define configUSE_TRACE_FACILITY          0
#define configUSE_16_BIT_TICKS            0
#define configIDLE_SHOULD_YIELD           1
#define configUSE_MUTEXES                 1
#define configUSE_COUNTING_SEMAPHORES     1
#define configQUEUE_REGISTRY_SIZE         0
#define configUSE_TIMERS                  0
#define INCLUDE_vTaskDelay                1
#define INCLUDE_vTaskSuspend              1
#define INCLUDE_xTaskGetCurrentTaskHandle 1

extern void vAssertCalled(const char *pcFile, unsigned long ulLine);
#define configASSERT(x)                                                                            \
    if ((x) == 0)                                                                                  \
    vAssertCalled(__FILE__, __LINE__)
