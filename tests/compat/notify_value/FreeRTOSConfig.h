/* SPDX-License-Identifier: MIT */
/* Notifications as values, bits and mailboxes, several to a task. */
#pragma once

#define configUSE_PREEMPTION                  1
#define configUSE_IDLE_HOOK                   0
#define configUSE_TICK_HOOK                   0
#define configTICK_RATE_HZ                    1000
#define configMINIMAL_STACK_SIZE              128
#define configTOTAL_HEAP_SIZE                 12000
#define configMAX_PRIORITIES                  5
#define configTASK_NOTIFICATION_ARRAY_ENTRIES 3
#define INCLUDE_vTaskDelay                    1
