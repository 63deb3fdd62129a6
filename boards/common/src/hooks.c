/* SPDX-License-Identifier: MIT */
/*
 * What the kernel calls when something is wrong, for applications that do not define it themselves:
 * say what happened and where, and end the run.
 */
#include "board_common.h"

#include <FreeRTOS.h>
#include <task.h>
#include <timers.h>

#include <stdlib.h>

static const char *task_name(void)
{
    TaskHandle_t task = xTaskGetCurrentTaskHandle();
    return task != NULL ? pcTaskGetName(task) : "(none)";
}

__attribute__((weak)) void rtos_assert_failed(const char *expression, const char *call,
                                              const char *file, int line)
{
    portDISABLE_INTERRUPTS();
    board_console_end();
    board_complain("%s:%d: assertion failed in task '%s': %s: %s\n", file, line, task_name(), call,
                   expression);
    exit(BOARD_EXIT_MISUSE);
}

__attribute__((weak)) void vApplicationStackOverflowHook(TaskHandle_t task, char *name)
{
    (void)task;
    portDISABLE_INTERRUPTS();
    board_console_end();
    board_complain("task '%s' has overflowed its stack: give it more in xTaskCreate\n", name);
    exit(BOARD_EXIT_MISUSE);
}

__attribute__((weak)) void vApplicationMallocFailedHook(void)
{
    board_complain("task '%s' asked for more than is left of the heap (%u bytes): "
                   "configTOTAL_HEAP_SIZE is its size\n",
                   task_name(), (unsigned)xPortGetFreeHeapSize());
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

/* For configENABLE_HEAP_PROTECTOR. The machine has no secret to give: this one only catches
 * accidents. */
void vApplicationGetRandomHeapCanary(portPOINTER_SIZE_TYPE *canary);
__attribute__((weak)) void vApplicationGetRandomHeapCanary(portPOINTER_SIZE_TYPE *canary)
{
    *canary = 0x9e3779b9u;
}
