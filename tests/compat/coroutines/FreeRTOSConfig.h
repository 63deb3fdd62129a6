/* SPDX-License-Identifier: MIT */
/* Co-routines run by the idle hook. */
#pragma once

#define configUSE_PREEMPTION            1
#define configUSE_IDLE_HOOK             1
#define configUSE_TICK_HOOK             0
#define configTICK_RATE_HZ              ((TickType_t)1000)
#define configMINIMAL_STACK_SIZE        ((unsigned short)85)
#define configTOTAL_HEAP_SIZE           ((size_t)16384)
#define configMAX_PRIORITIES            (4)
#define configUSE_CO_ROUTINES           1
#define configMAX_CO_ROUTINE_PRIORITIES (2)
