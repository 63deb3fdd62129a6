/* SPDX-License-Identifier: MIT */
/* Message buffers. */
#pragma once

#define configUSE_PREEMPTION             1
#define configUSE_IDLE_HOOK              0
#define configUSE_TICK_HOOK              0
#define configTICK_RATE_HZ               1000
#define configMINIMAL_STACK_SIZE         128
#define configTOTAL_HEAP_SIZE            16384
#define configMAX_PRIORITIES             5
#define configMESSAGE_BUFFER_LENGTH_TYPE uint16_t
#define INCLUDE_vTaskDelay               1
