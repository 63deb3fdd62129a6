/* SPDX-License-Identifier: MIT */
/* Tables of tasks and of their run time, by a clock of the application. */
#pragma once

#define configUSE_PREEMPTION                 1
#define configUSE_IDLE_HOOK                  0
#define configUSE_TICK_HOOK                  0
#define configTICK_RATE_HZ                   1000
#define configMINIMAL_STACK_SIZE             128
#define configTOTAL_HEAP_SIZE                16384
#define configMAX_PRIORITIES                 5
#define configUSE_TRACE_FACILITY             1
#define configUSE_STATS_FORMATTING_FUNCTIONS 1
#define configGENERATE_RUN_TIME_STATS        1
extern volatile unsigned long ulHighFrequencyTimerTicks;
#define portCONFIGURE_TIMER_FOR_RUN_TIME_STATS() (ulHighFrequencyTimerTicks = 0UL)
#define portGET_RUN_TIME_COUNTER_VALUE()         ulHighFrequencyTimerTicks
#define INCLUDE_vTaskDelay                       1
#define INCLUDE_vTaskSuspend                     1
#define INCLUDE_xTaskGetIdleTaskHandle           1
