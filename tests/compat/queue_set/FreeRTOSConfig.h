/* SPDX-License-Identifier: MIT */
/* Queue sets. */
#pragma once

#define configUSE_PREEMPTION      1
#define configUSE_IDLE_HOOK       0
#define configUSE_TICK_HOOK       0
#define configTICK_RATE_HZ        1000
#define configMINIMAL_STACK_SIZE  90
#define configTOTAL_HEAP_SIZE     20000
#define configMAX_PRIORITIES      5
#define configUSE_QUEUE_SETS      1
#define configQUEUE_REGISTRY_SIZE 4
#define INCLUDE_vTaskDelay        1
#define INCLUDE_vTaskDelete       1
