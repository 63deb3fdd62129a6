/* SPDX-License-Identifier: MIT */
/* For an application whose names are plain words. */
#pragma once

#define configUSE_PREEMPTION         1
#define configUSE_IDLE_HOOK          0
#define configUSE_TICK_HOOK          0
#define configTICK_RATE_HZ           1000
#define configMINIMAL_STACK_SIZE     128
#define configTOTAL_HEAP_SIZE        16384
#define configMAX_PRIORITIES         5
#define configUSE_MUTEXES            1
#define configUSE_TIMERS             1
#define configTIMER_TASK_PRIORITY    3
#define configTIMER_QUEUE_LENGTH     4
#define configTIMER_TASK_STACK_DEPTH 200
#define INCLUDE_vTaskDelay           1
