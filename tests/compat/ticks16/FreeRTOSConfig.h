/* SPDX-License-Identifier: MIT */
/* 16-bit ticks: 65536 of them pass, and the time of a delay spans the wrap. */
#pragma once

#define configUSE_PREEMPTION         1
#define configUSE_IDLE_HOOK          0
#define configUSE_TICK_HOOK          0
#define configUSE_16_BIT_TICKS       1
#define configTICK_RATE_HZ           ((TickType_t)1000)
#define configMINIMAL_STACK_SIZE     ((unsigned short)85)
#define configTOTAL_HEAP_SIZE        ((size_t)8192)
#define configMAX_PRIORITIES         (4)
#define configUSE_TIMERS             1
#define configTIMER_TASK_PRIORITY    3
#define configTIMER_QUEUE_LENGTH     4
#define configTIMER_TASK_STACK_DEPTH 85
#define INCLUDE_vTaskDelay           1
#define INCLUDE_vTaskDelayUntil      1
