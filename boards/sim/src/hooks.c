/* SPDX-License-Identifier: MIT */
/*
 * What the kernel calls when something is wrong, for applications that do not define it themselves:
 * say what happened and where, and end with a core dump for the debugger.
 */
#include <FreeRTOS.h>
#include <task.h>
#include <timers.h>

#include <stdio.h>
#include <stdlib.h>
#include <sys/random.h>

static const char *task_name(void)
{
    TaskHandle_t task = xTaskGetCurrentTaskHandle();
    return task != NULL ? pcTaskGetName(task) : "(none)";
}

__attribute__((weak)) void rtos_assert_failed(const char *expression, const char *call,
                                              const char *file, int line)
{
    portDISABLE_INTERRUPTS();
    fflush(stdout);
    fprintf(stderr, "%s:%d: assertion failed in task '%s': %s: %s\n", file, line, task_name(), call,
            expression);
    abort();
}

__attribute__((weak)) void vApplicationStackOverflowHook(TaskHandle_t task, char *name)
{
    (void)task;
    portDISABLE_INTERRUPTS();
    fflush(stdout);
    fprintf(stderr, "task '%s' has overflowed its stack: give it more in xTaskCreate\n", name);
    abort();
}

__attribute__((weak)) void vApplicationMallocFailedHook(void)
{
    fprintf(stderr,
            "task '%s' asked for more than is left of the heap (%zu bytes): "
            "configTOTAL_HEAP_SIZE is its size\n",
            task_name(), xPortGetFreeHeapSize());
}

/* The hooks of optional features do nothing unless the application brings its own. */
__attribute__((weak)) void vApplicationIdleHook(void)
{
}

__attribute__((weak)) void vApplicationTickHook(void)
{
}

__attribute__((weak)) void vApplicationDaemonTaskStartupHook(void)
{
}

/* For configENABLE_HEAP_PROTECTOR: the host's own source of secrets. */
void vApplicationGetRandomHeapCanary(portPOINTER_SIZE_TYPE *canary);
__attribute__((weak)) void vApplicationGetRandomHeapCanary(portPOINTER_SIZE_TYPE *canary)
{
    if (getrandom(canary, sizeof *canary, 0) != (ssize_t)sizeof *canary)
        abort();
}
