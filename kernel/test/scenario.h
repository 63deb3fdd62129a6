/* SPDX-License-Identifier: MIT */
/* What the tests of kernel objects share: tasks, interrupts, the tick's wrap, an empty heap. */
#pragma once

#include "linnet_test.h"
#include "test_interrupt.h"

#include <FreeRTOS.h>
#include <task.h>

static inline TaskHandle_t spawn(TaskFunction_t code, void *parameter, UBaseType_t priority)
{
    TaskHandle_t task = NULL;

    CHECK_EQUAL(pdPASS,
                xTaskCreate(code, "helper", configMINIMAL_STACK_SIZE, parameter, priority, &task));
    return task;
}

/* Lets tasks of lower priority run until nothing is ready. */
static inline void settle(void)
{
    vTaskDelay(1);
}

/* Brings the tick counter to `ticks` before its wrap. */
static inline void go_to_wrap(TickType_t ticks)
{
    (void)xTaskCatchUpTicks((TickType_t)(0u - ticks - xTaskGetTickCount()));
    CHECK_EQUAL((TickType_t)(0u - ticks), xTaskGetTickCount());
}

/* Calls `action` when the heap has nothing left for it. */
static inline void with_empty_heap(void (*action)(void))
{
    void *chain = NULL;

    for (size_t size = configTOTAL_HEAP_SIZE; size >= sizeof(void *);) {
        void **block = pvPortMalloc(size);
        if (block == NULL) {
            size /= 2;
            continue;
        }
        *block = chain;
        chain = block;
    }
    action();
    while (chain != NULL) {
        void *next = *(void **)chain;
        vPortFree(chain);
        chain = next;
    }
}
