/* SPDX-License-Identifier: MIT */
/* Stream buffers, fed by an interrupt. */
#pragma once

#define configUSE_PREEMPTION                1
#define configUSE_IDLE_HOOK                 0
#define configUSE_TICK_HOOK                 0
#define configTICK_RATE_HZ                  1000
#define configMINIMAL_STACK_SIZE            128
#define configTOTAL_HEAP_SIZE               16384
#define configMAX_PRIORITIES                5
#define configUSE_STREAM_BUFFERS            1
#define configSUPPORT_STATIC_ALLOCATION     1
#define configKERNEL_PROVIDED_STATIC_MEMORY 1
#define INCLUDE_vTaskDelay                  1
