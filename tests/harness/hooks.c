/* SPDX-License-Identifier: MIT */
/* The hooks that the kernel calls in a test: misuse and overflow fail the case. */
#include "harness.h"

#include <FreeRTOS.h>
#include <task.h>
#include <timers.h>

#include <stdio.h>

void rtos_assert_failed(const char *expression, const char *file, int line)
{
    TaskHandle_t task = xTaskGetCurrentTaskHandle();

    printf("%s:%d: assertion failed in task '%s': %s\n", file, line,
           task != NULL ? pcTaskGetName(task) : "(none)", expression);
    test_end(TEST_FAILED);
}

__attribute__((weak)) void vApplicationStackOverflowHook(TaskHandle_t task, char *name)
{
    (void)task;
    printf("task '%s' has overflowed its stack\n", name);
    test_end(TEST_FAILED);
}

__attribute__((weak)) void vApplicationMallocFailedHook(void)
{
}

__attribute__((weak)) void vApplicationIdleHook(void)
{
}

__attribute__((weak)) void vApplicationTickHook(void)
{
}

__attribute__((weak)) void vApplicationDaemonTaskStartupHook(void)
{
}

/* Any value serves: no test attacks the heap. */
void vApplicationGetRandomHeapCanary(portPOINTER_SIZE_TYPE *canary);
__attribute__((weak)) void vApplicationGetRandomHeapCanary(portPOINTER_SIZE_TYPE *canary)
{
    *canary = (portPOINTER_SIZE_TYPE)0x9e3779b97f4a7c15u;
}
