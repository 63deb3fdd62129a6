/* SPDX-License-Identifier: MIT */
/* Nothing from a heap: none is even linked. */
#pragma once

#define configUSE_PREEMPTION             1
#define configUSE_IDLE_HOOK              0
#define configUSE_TICK_HOOK              0
#define configTICK_RATE_HZ               1000
#define configMINIMAL_STACK_SIZE         128
#define configMAX_PRIORITIES             5
#define configSUPPORT_STATIC_ALLOCATION  1
#define configSUPPORT_DYNAMIC_ALLOCATION 0
#define configUSE_MUTEXES                1
#define configUSE_RECURSIVE_MUTEXES      1
#define configUSE_COUNTING_SEMAPHORES    1
#define configUSE_QUEUE_SETS             0
#define configUSE_TIMERS                 1
#define configTIMER_TASK_PRIORITY        4
#define configTIMER_QUEUE_LENGTH         5
#define configTIMER_TASK_STACK_DEPTH     256
#define configSTACK_DEPTH_TYPE           uint32_t
#define INCLUDE_vTaskDelay               1
#define INCLUDE_vTaskDelete              1
