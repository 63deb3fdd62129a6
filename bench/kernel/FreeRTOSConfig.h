/* SPDX-License-Identifier: MIT */
/*
 * The one configuration of every row: what the peers were measured with. Three things differ
 * between images, and come from the command line: BENCH_PRIORITIES (the row `ram` counts ten
 * priorities), BENCH_ASSERTS (the row `asserts_percent`) and the optimisation. On a board
 * (BENCH_BOARD) what the port wants to know of it is the board's own, and an idle task has more
 * stack, for interrupts that save more than a Cortex-M3 does.
 */
#pragma once

#ifndef BENCH_PRIORITIES
#define BENCH_PRIORITIES 32
#endif

#define configUSE_PREEMPTION                    1
#define configUSE_TIME_SLICING                  0
#define configUSE_PORT_OPTIMISED_TASK_SELECTION 1
#define configMAX_PRIORITIES                    BENCH_PRIORITIES
#define configMAX_TASK_NAME_LEN                 16
#define configTICK_TYPE_WIDTH_IN_BITS           TICK_TYPE_WIDTH_32_BITS
#define configTICK_RATE_HZ                      1000
#define configUSE_IDLE_HOOK                     0
#define configUSE_TICK_HOOK                     0
#define configIDLE_SHOULD_YIELD                 1

#define configSUPPORT_STATIC_ALLOCATION         1
#define configSUPPORT_DYNAMIC_ALLOCATION        1
#define configKERNEL_PROVIDED_STATIC_MEMORY     1
#define configTOTAL_HEAP_SIZE                   (64 * 1024)

#define configUSE_MUTEXES                       1
#define configUSE_RECURSIVE_MUTEXES             1
#define configUSE_COUNTING_SEMAPHORES           1
#define configUSE_TASK_NOTIFICATIONS            1
#define configUSE_EVENT_GROUPS                  1
#define configUSE_STREAM_BUFFERS                1
#define configUSE_QUEUE_SETS                    0
#define configUSE_TIMERS                        0
#define configUSE_TRACE_FACILITY                0
#define configGENERATE_RUN_TIME_STATS           0
#define configCHECK_FOR_STACK_OVERFLOW          0

#define INCLUDE_vTaskPrioritySet                1
#define INCLUDE_uxTaskPriorityGet               1
#define INCLUDE_vTaskDelete                     1
#define INCLUDE_vTaskSuspend                    1
#define INCLUDE_xTaskResumeFromISR              1
#define INCLUDE_vTaskDelay                      1
#define INCLUDE_xTaskDelayUntil                 1
#define INCLUDE_xTaskAbortDelay                 1

/* A failure is a fault, which the image reports; the usual endless loop costs as much. */
#if BENCH_ASSERTS
#define configASSERT(x) ((x) ? (void)0 : __builtin_trap())
#endif

#ifdef BENCH_BOARD
#include "bench_board.h"
#define configMINIMAL_STACK_SIZE 256
#else
#define configMINIMAL_STACK_SIZE             128
#define configCPU_CLOCK_HZ                   25000000u
#define configPRIO_BITS                      8
#define configKERNEL_INTERRUPT_PRIORITY      0xff
#define configMAX_SYSCALL_INTERRUPT_PRIORITY 0x20

#define vPortSVCHandler                      SVC_Handler
#define xPortPendSVHandler                   PendSV_Handler
#define xPortSysTickHandler                  SysTick_Handler
#endif
