/* SPDX-License-Identifier: MIT */
/* Recursive mutexes. */
#pragma once

#define configUSE_PREEMPTION        1
#define configUSE_IDLE_HOOK         0
#define configUSE_TICK_HOOK         0
#define configTICK_RATE_HZ          1000u
#define configMINIMAL_STACK_SIZE    ((uint16_t)120)
#define configTOTAL_HEAP_SIZE       ((size_t)10240)
#define configMAX_PRIORITIES        ((UBaseType_t)5)
#define configUSE_MUTEXES           1
#define configUSE_RECURSIVE_MUTEXES 1
#define INCLUDE_vTaskDelay          1
#define INCLUDE_vTaskSuspend        1
