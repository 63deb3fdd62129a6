/* SPDX-License-Identifier: MIT */
/* Every hook, with the options that call them. */
#pragma once

#define configUSE_PREEMPTION               1
#define configUSE_IDLE_HOOK                1
#define configUSE_TICK_HOOK                1
#define configUSE_MALLOC_FAILED_HOOK       1
#define configUSE_DAEMON_TASK_STARTUP_HOOK 1
#define configTICK_RATE_HZ                 1000
#define configMINIMAL_STACK_SIZE           128
#define configTOTAL_HEAP_SIZE              8192
#define configMAX_PRIORITIES               5
#define configUSE_TIMERS                   1
#define configTIMER_TASK_PRIORITY          4
#define configTIMER_QUEUE_LENGTH           5
#define configTIMER_TASK_STACK_DEPTH       128
#define INCLUDE_vTaskDelay                 1
#define INCLUDE_xTaskGetIdleTaskHandle     1
