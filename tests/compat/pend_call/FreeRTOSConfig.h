/* SPDX-License-Identifier: MIT */
/* Interrupt work deferred to the timer task. */
#pragma once

#define configUSE_PREEMPTION              1
#define configUSE_IDLE_HOOK               0
#define configUSE_TICK_HOOK               0
#define configTICK_RATE_HZ                1000
#define configMINIMAL_STACK_SIZE          128
#define configTOTAL_HEAP_SIZE             16384
#define configMAX_PRIORITIES              5
#define configUSE_TIMERS                  1
#define configTIMER_TASK_PRIORITY         (tskIDLE_PRIORITY + 4)
#define configTIMER_QUEUE_LENGTH          2
#define configTIMER_TASK_STACK_DEPTH      256
#define INCLUDE_xTimerPendFunctionCall    1
#define INCLUDE_xTaskGetCurrentTaskHandle 1
