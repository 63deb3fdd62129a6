/* SPDX-License-Identifier: MIT */
/* One task owns the output; tasks and the tick hook hand it what to print. */
#pragma once

#define configUSE_PREEMPTION     1
#define configUSE_IDLE_HOOK      0
#define configUSE_TICK_HOOK      1
#define configTICK_RATE_HZ       ((TickType_t)100)
#define configMINIMAL_STACK_SIZE ((unsigned short)200)
#define configTOTAL_HEAP_SIZE    ((size_t)(32 * 1024))
#define configMAX_PRIORITIES     5
#define INCLUDE_vTaskDelay       1
