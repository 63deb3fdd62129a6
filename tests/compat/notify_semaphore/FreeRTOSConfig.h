/* SPDX-License-Identifier: MIT */
/* Notifications in the place of semaphores. */
#pragma once

#define configUSE_PREEMPTION         1
#define configUSE_IDLE_HOOK          0
#define configUSE_TICK_HOOK          0
#define configTICK_RATE_HZ           ((TickType_t)1000)
#define configMINIMAL_STACK_SIZE     ((unsigned short)128)
#define configTOTAL_HEAP_SIZE        ((size_t)12000)
#define configMAX_PRIORITIES         (5)
#define configUSE_TASK_NOTIFICATIONS 1
#define INCLUDE_vTaskDelay           1
#define INCLUDE_vTaskDelete          1
