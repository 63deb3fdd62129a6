/* SPDX-License-Identifier: MIT */
/* For an application in C++. */
#pragma once

#define configUSE_PREEMPTION                    1
#define configUSE_IDLE_HOOK                     1
#define configUSE_TICK_HOOK                     0
#define configTICK_RATE_HZ                      1000
#define configMINIMAL_STACK_SIZE                128
#define configTOTAL_HEAP_SIZE                   16384
#define configMAX_PRIORITIES                    5
#define configUSE_MUTEXES                       1
#define configUSE_RECURSIVE_MUTEXES             1
#define configUSE_COUNTING_SEMAPHORES           1
#define configUSE_QUEUE_SETS                    1
#define configUSE_TRACE_FACILITY                1
#define configUSE_TIMERS                        1
#define configTIMER_TASK_PRIORITY               (2)
#define configTIMER_QUEUE_LENGTH                (5)
#define configTIMER_TASK_STACK_DEPTH            (256)
#define configSUPPORT_STATIC_ALLOCATION         1
#define configKERNEL_PROVIDED_STATIC_MEMORY     1
#define configNUM_THREAD_LOCAL_STORAGE_POINTERS 1
#define INCLUDE_vTaskDelay                      1
#define INCLUDE_vTaskDelete                     1
#define INCLUDE_xTimerPendFunctionCall          1

#ifdef __cplusplus
extern "C"
#endif
    void
    vAssertCalled(const char *pcFile, unsigned long ulLine);
#define configASSERT(x)                                                                            \
    if ((x) == 0)                                                                                  \
    vAssertCalled(__FILE__, __LINE__)
