/* SPDX-License-Identifier: MIT */
/* Software timers. */
#pragma once

#define configUSE_PREEMPTION         1
#define configUSE_IDLE_HOOK          0
#define configUSE_TICK_HOOK          0
#define configTICK_RATE_HZ           ((TickType_t)1000)
#define configMINIMAL_STACK_SIZE     ((unsigned short)128)
#define configTOTAL_HEAP_SIZE        ((size_t)(16 * 1024))
#define configMAX_PRIORITIES         (7)
#define configUSE_TIMERS             1
#define configTIMER_TASK_PRIORITY    (configMAX_PRIORITIES - 1)
#define configTIMER_QUEUE_LENGTH     10
#define configTIMER_TASK_STACK_DEPTH configMINIMAL_STACK_SIZE
#define INCLUDE_vTaskDelay           1
