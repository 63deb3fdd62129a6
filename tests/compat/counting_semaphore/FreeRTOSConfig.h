/* SPDX-License-Identifier: MIT */
/* A pool of resources. */
#pragma once

#define configUSE_PREEMPTION          1
#define configUSE_IDLE_HOOK           0
#define configUSE_TICK_HOOK           0
#define configTICK_RATE_HZ            ((TickType_t)250)
#define configMINIMAL_STACK_SIZE      ((unsigned short)100)
#define configTOTAL_HEAP_SIZE         ((size_t)16384)
#define configMAX_PRIORITIES          4
#define configUSE_COUNTING_SEMAPHORES 1
#define INCLUDE_vTaskDelay            1
#define INCLUDE_vTaskDelete           1
