/* SPDX-License-Identifier: MIT */
/*
 * The C library's malloc and free, with the scheduler held so that tasks do not meet in them. Size and
 * place of the memory are the linker's and the library's: configTOTAL_HEAP_SIZE has no effect, and how
 * much is free cannot be asked.
 */
#include "heap_calloc.inc"

#include <stdlib.h>

_Static_assert(configENABLE_HEAP_PROTECTOR == 0,
               "configENABLE_HEAP_PROTECTOR needs heap_4, heap_5 or heap_tlsf");
_Static_assert(configAPPLICATION_ALLOCATED_HEAP == 0,
               "configAPPLICATION_ALLOCATED_HEAP needs a heap of the kernel's own, not heap_3");
_Static_assert(
    configHEAP_CLEAR_MEMORY_ON_FREE == 0,
    "configHEAP_CLEAR_MEMORY_ON_FREE needs a heap that knows the size of a block, not heap_3");

void *pvPortMalloc(size_t size)
{
    void *memory = NULL;

    vTaskSuspendAll();
    if (size > 0)
        memory = malloc(size);
    traceMALLOC(memory, size);
    (void)xTaskResumeAll();
    heap_tell_failure(memory);
    return memory;
}

void vPortFree(void *memory)
{
    if (memory == NULL)
        return;
    vTaskSuspendAll();
    traceFREE(memory, 0);
    free(memory);
    (void)xTaskResumeAll();
}

void vPortInitialiseBlocks(void)
{
}

void vPortHeapResetState(void)
{
}
