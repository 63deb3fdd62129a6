/* SPDX-License-Identifier: MIT */
/* The check of stacks. */
#pragma once

#define configUSE_PREEMPTION                1
#define configUSE_IDLE_HOOK                 0
#define configUSE_TICK_HOOK                 0
#define configTICK_RATE_HZ                  1000
#define configMINIMAL_STACK_SIZE            4096
#define configTOTAL_HEAP_SIZE               (256 * 1024)
#define configMAX_PRIORITIES                5
#define configCHECK_FOR_STACK_OVERFLOW      2
#define configSUPPORT_STATIC_ALLOCATION     1
#define configKERNEL_PROVIDED_STATIC_MEMORY 1
#define INCLUDE_vTaskDelay                  1
#define INCLUDE_uxTaskGetStackHighWaterMark 1
