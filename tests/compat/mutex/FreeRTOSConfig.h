/* SPDX-License-Identifier: MIT */
/* Mutexes with priority inheritance. */
#pragma once

#define configUSE_PREEMPTION             1
#define configUSE_TIME_SLICING           0
#define configUSE_IDLE_HOOK              0
#define configUSE_TICK_HOOK              0
#define configTICK_RATE_HZ               (1000)
#define configMINIMAL_STACK_SIZE         (256)
#define configTOTAL_HEAP_SIZE            (32768)
#define configMAX_PRIORITIES             (6)
#define configUSE_MUTEXES                1
#define configUSE_RECURSIVE_MUTEXES      1
#define INCLUDE_vTaskDelay               1
#define INCLUDE_uxTaskPriorityGet        1
#define INCLUDE_vTaskDelete              1
#define INCLUDE_xSemaphoreGetMutexHolder 1
#define configASSERT(x)                                                                            \
    do {                                                                                           \
        if (!(x)) {                                                                                \
            taskDISABLE_INTERRUPTS();                                                              \
            for (;;) {                                                                             \
            }                                                                                      \
        }                                                                                          \
    } while (0)
