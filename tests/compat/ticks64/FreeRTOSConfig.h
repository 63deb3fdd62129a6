/* SPDX-License-Identifier: MIT */
/* 64-bit ticks. */
#pragma once

#define configUSE_PREEMPTION          1
#define configUSE_IDLE_HOOK           0
#define configUSE_TICK_HOOK           0
#define configTICK_TYPE_WIDTH_IN_BITS TICK_TYPE_WIDTH_64_BITS
#define configTICK_RATE_HZ            10000
#define configINITIAL_TICK_COUNT      0xfffffff0
#define configMINIMAL_STACK_SIZE      128
#define configTOTAL_HEAP_SIZE         8192
#define configMAX_PRIORITIES          4
#define INCLUDE_vTaskDelay            1
#define INCLUDE_xTaskDelayUntil       1
