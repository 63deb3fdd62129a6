/* SPDX-License-Identifier: MIT */
/* Application tags, called by the kernel through a trace macro. */
#pragma once

#define configUSE_PREEMPTION           1
#define configUSE_IDLE_HOOK            0
#define configUSE_TICK_HOOK            0
#define configTICK_RATE_HZ             1000
#define configMINIMAL_STACK_SIZE       128
#define configTOTAL_HEAP_SIZE          16384
#define configMAX_PRIORITIES           5
#define configUSE_APPLICATION_TASK_TAG 1
#define INCLUDE_vTaskDelay             1
