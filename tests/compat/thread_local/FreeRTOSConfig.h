/* SPDX-License-Identifier: MIT */
/* Storage of its own for each task. */
#pragma once

#define configUSE_PREEMPTION                    1
#define configUSE_IDLE_HOOK                     0
#define configUSE_TICK_HOOK                     0
#define configTICK_RATE_HZ                      1000
#define configMINIMAL_STACK_SIZE                128
#define configTOTAL_HEAP_SIZE                   16384
#define configMAX_PRIORITIES                    5
#define configNUM_THREAD_LOCAL_STORAGE_POINTERS 5
#define configUSE_POSIX_ERRNO                   1
#define INCLUDE_vTaskDelay                      1
