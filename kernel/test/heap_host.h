/* SPDX-License-Identifier: MIT */
/*
 * A heap compiled into its test on the host, as HEAP_FILE: a small one, with an assertion that is
 * counted and survived, a scheduler whose suspension is only counted, and the out-of-memory hook.
 */
#pragma once

#include "FreeRTOS.h"
#include "task.h"

#undef configTOTAL_HEAP_SIZE
#define configTOTAL_HEAP_SIZE 4096
#undef configUSE_MALLOC_FAILED_HOOK
#define configUSE_MALLOC_FAILED_HOOK 1
#undef configENABLE_HEAP_PROTECTOR
#define configENABLE_HEAP_PROTECTOR 0
#undef configHEAP_CLEAR_MEMORY_ON_FREE
#define configHEAP_CLEAR_MEMORY_ON_FREE 0
#undef configASSERT
#define configASSERT(claim) ((claim) ? (void)0 : (void)asserts++)

static unsigned asserts, failures_told;
static int suspended;

#include HEAP_FILE

#include <linnet_test.h>

void vTaskSuspendAll(void)
{
    suspended++;
}

BaseType_t xTaskResumeAll(void)
{
    suspended--;
    return pdFALSE;
}

void vApplicationMallocFailedHook(void)
{
    CHECK_EQUAL(0, suspended);
    failures_told++;
}
