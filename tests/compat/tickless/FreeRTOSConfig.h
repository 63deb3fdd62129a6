/* SPDX-License-Identifier: MIT */
/* Ticks are stopped when nothing is due. */
#pragma once

#define configUSE_PREEMPTION                  1
#define configUSE_IDLE_HOOK                   0
#define configUSE_TICK_HOOK                   1
#define configTICK_RATE_HZ                    1000
#define configMINIMAL_STACK_SIZE              128
#define configTOTAL_HEAP_SIZE                 8192
#define configMAX_PRIORITIES                  5
#define configUSE_TICKLESS_IDLE               1
#define configEXPECTED_IDLE_TIME_BEFORE_SLEEP 5
#define INCLUDE_vTaskDelay                    1
#define INCLUDE_vTaskSuspend                  1
extern volatile unsigned long ulSleeps, ulLongest;
#define configPRE_SLEEP_PROCESSING(x)  (ulSleeps++, ulLongest = (x) > ulLongest ? (x) : ulLongest)
#define configPOST_SLEEP_PROCESSING(x) (void)(x)
#define traceLOW_POWER_IDLE_BEGIN()    ulSleeps++
