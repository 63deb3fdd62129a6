/* SPDX-License-Identifier: MIT */
/*
 * Allocation without release, for applications that create everything at the start: the smallest of
 * the heaps, and every call takes the same time. Giving memory back is a mistake that configASSERT
 * reports; without configASSERT the memory stays taken.
 */
#include "heap_calloc.inc"

_Static_assert(configENABLE_HEAP_PROTECTOR == 0,
               "configENABLE_HEAP_PROTECTOR needs heap_4, heap_5 or heap_tlsf");

#if configAPPLICATION_ALLOCATED_HEAP == 1
extern uint8_t ucHeap[configTOTAL_HEAP_SIZE];
#else
static uint8_t ucHeap[configTOTAL_HEAP_SIZE];
#endif

#define ALIGN ((size_t)portBYTE_ALIGNMENT)

_Static_assert((ALIGN & (ALIGN - 1)) == 0, "portBYTE_ALIGNMENT is a power of two");
_Static_assert(configTOTAL_HEAP_SIZE >= 2 * ALIGN, "configTOTAL_HEAP_SIZE is too small");

static size_t used; /* whole multiples of ALIGN, counted from the first aligned address */
static size_t allocations;

/* Bytes at the start of the array that no aligned block can use. */
static size_t skipped(void)
{
    uintptr_t area = (uintptr_t)ucHeap;

    return (size_t)((area + ALIGN - 1) / ALIGN * ALIGN - area);
}

size_t xPortGetFreeHeapSize(void)
{
    return (sizeof ucHeap - skipped()) / ALIGN * ALIGN - used;
}

void *pvPortMalloc(size_t size)
{
    uint8_t *memory = NULL;

    vTaskSuspendAll();
    if (size > 0 && size <= xPortGetFreeHeapSize()) {
        memory = ucHeap + skipped() + used;
        used += (size + ALIGN - 1) / ALIGN * ALIGN;
        allocations++;
    }
    traceMALLOC(memory, size);
    (void)xTaskResumeAll();
    heap_tell_failure(memory);
    return memory;
}

void vPortFree(void *memory)
{
    (void)memory;
    configASSERT(memory == NULL); /* heap_1 takes nothing back */
}

/* What is free only shrinks. */
size_t xPortGetMinimumEverFreeHeapSize(void)
{
    return xPortGetFreeHeapSize();
}

void xPortResetHeapMinimumEverFreeHeapSize(void)
{
}

void vPortGetHeapStats(HeapStats_t *stats)
{
    configASSERT(stats != NULL);
    vTaskSuspendAll();
    size_t free_bytes = xPortGetFreeHeapSize();
    *stats = (HeapStats_t){
        .xAvailableHeapSpaceInBytes = free_bytes,
        .xSizeOfLargestFreeBlockInBytes = free_bytes,
        .xSizeOfSmallestFreeBlockInBytes = free_bytes,
        .xNumberOfFreeBlocks = free_bytes > 0 ? 1 : 0,
        .xMinimumEverFreeBytesRemaining = free_bytes,
        .xNumberOfSuccessfulAllocations = allocations,
    };
    (void)xTaskResumeAll();
}

void vPortInitialiseBlocks(void)
{
    used = 0;
}

void vPortHeapResetState(void)
{
    used = 0;
    allocations = 0;
}
