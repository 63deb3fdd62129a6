/* SPDX-License-Identifier: MIT */
/* The hooks that the kernel calls in a test: misuse and overflow fail the case. */
#include "harness.h"

#include <FreeRTOS.h>
#include <task.h>
#include <timers.h>

#include <stdio.h>
#include <string.h>

static const char *expected;

void test_expect_assertion(const char *message)
{
    expected = message;
}

bool test_assertion_is_due(void)
{
    if (expected != NULL)
        printf("there was no assertion with \"%s\"\n", expected);
    return expected != NULL;
}

void rtos_assert_failed(const char *expression, const char *call, const char *file, int line)
{
    TaskHandle_t task = xTaskGetCurrentTaskHandle();
    char message[512];

    (void)snprintf(message, sizeof message, "%s:%d: assertion failed in task '%s': %s: %s", file,
                   line, task != NULL ? pcTaskGetName(task) : "(none)", call, expression);
    puts(message);
    test_end(expected != NULL && strstr(message, expected) != NULL ? TEST_PASSED : TEST_FAILED);
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
