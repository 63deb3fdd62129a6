/* SPDX-License-Identifier: MIT */
/* A configuration as a user writes it: what must be said, and what the network stack needs. */
#pragma once

#define configUSE_PREEMPTION                1
#define configUSE_IDLE_HOOK                 0
#define configUSE_TICK_HOOK                 0
#define configTICK_RATE_HZ                  ((TickType_t)1000)
#define configMAX_PRIORITIES                (7)
#define configMINIMAL_STACK_SIZE            ((unsigned short)128)
#define configTOTAL_HEAP_SIZE               ((size_t)(64 * 1024))
#define configSUPPORT_STATIC_ALLOCATION     1
#define configKERNEL_PROVIDED_STATIC_MEMORY 1
#define configUSE_COUNTING_SEMAPHORES       1
#define configUSE_MUTEXES                   1

#define INCLUDE_vTaskDelay                  1
#define INCLUDE_vTaskDelete                 1
