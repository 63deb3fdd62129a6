/* SPDX-License-Identifier: MIT */
/*
 * The CPU's macros and types, the functions that a port supplies, and the heap. What a port has to
 * provide is described in kernel/src/port.h.
 */
#pragma once

#include "rtos_options.h"
#include "projdefs.h"
#include "portmacro.h"

#if portBYTE_ALIGNMENT == 32
#define portBYTE_ALIGNMENT_MASK 0x1f
#elif portBYTE_ALIGNMENT == 16
#define portBYTE_ALIGNMENT_MASK 0x0f
#elif portBYTE_ALIGNMENT == 8
#define portBYTE_ALIGNMENT_MASK 0x07
#elif portBYTE_ALIGNMENT == 4
#define portBYTE_ALIGNMENT_MASK 0x03
#elif portBYTE_ALIGNMENT == 2
#define portBYTE_ALIGNMENT_MASK 0x01
#elif portBYTE_ALIGNMENT == 1
#define portBYTE_ALIGNMENT_MASK 0x00
#else
#error "portBYTE_ALIGNMENT must be a power of two up to 32"
#endif

#define portUSING_MPU_WRAPPERS       0
#define portNUM_CONFIGURABLE_REGIONS 1

#ifndef portHAS_STACK_OVERFLOW_CHECKING
#define portHAS_STACK_OVERFLOW_CHECKING 0
#endif
#ifndef portARCH_NAME
#define portARCH_NAME NULL
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* With configUSE_RTOS_ASSERT: supplied by the board. Reports that the API was misused, with the
 * name of the running task and of the API function that was called, and stops. From anywhere. */
void rtos_assert_failed(const char *expression, const char *call, const char *file, int line)
    __attribute__((noreturn));

/* Lays out the first context of a task on its stack so that the first switch to it enters `code`
 * with `parameter`; returns the stack pointer to keep. With portSTACK_GROWTH < 0 `top` is the
 * highest aligned word of the stack, otherwise the lowest. */
StackType_t *pxPortInitialiseStack(StackType_t *top, TaskFunction_t code, void *parameter);

/* Sets up the tick and starts the task that pxCurrentTCB names. Returns only after
 * vPortEndScheduler, or pdFALSE when the port cannot start. */
BaseType_t xPortStartScheduler(void);
void vPortEndScheduler(void);

/* One region of a heap made of several (heap_5): the table ends with a size of 0 and is sorted by
 * address. */
typedef struct HeapRegion {
    uint8_t *pucStartAddress;
    size_t xSizeInBytes;
} HeapRegion_t;

typedef struct xHeapStats {
    size_t xAvailableHeapSpaceInBytes;
    size_t xSizeOfLargestFreeBlockInBytes;
    size_t xSizeOfSmallestFreeBlockInBytes;
    size_t xNumberOfFreeBlocks;
    size_t xMinimumEverFreeBytesRemaining;
    size_t xNumberOfSuccessfulAllocations;
    size_t xNumberOfSuccessfulFrees;
} HeapStats_t;

/* Memory for `size` bytes, aligned to portBYTE_ALIGNMENT, or NULL: then the malloc-failed hook was
 * called, if there is one. From tasks and before the scheduler starts; never from an interrupt.
 * Does not block. */
void *pvPortMalloc(size_t size);

/* The same for `count` items of `size` bytes, zeroed; NULL also when the product overflows. */
void *pvPortCalloc(size_t count, size_t size);

/* Gives memory back; NULL is allowed. A block that is not allocated is caught by configASSERT. */
void vPortFree(void *memory);

/* Names the regions of heap_5, once, before anything is allocated. */
void vPortDefineHeapRegions(const HeapRegion_t *const regions);
void vPortInitialiseBlocks(void);
void vPortHeapResetState(void);
void vPortGetHeapStats(HeapStats_t *stats);
size_t xPortGetFreeHeapSize(void);
size_t xPortGetMinimumEverFreeHeapSize(void);
void xPortResetHeapMinimumEverFreeHeapSize(void);

/* Stacks come from the same heap unless configSTACK_ALLOCATION_FROM_SEPARATE_HEAP is 1: then the
 * application supplies these two. */
#if configSTACK_ALLOCATION_FROM_SEPARATE_HEAP == 1
void *pvPortMallocStack(size_t size);
void vPortFreeStack(void *stack);
#else
#define pvPortMallocStack pvPortMalloc
#define vPortFreeStack    vPortFree
#endif

/* Application hook with configUSE_MALLOC_FAILED_HOOK: an allocation returned NULL. */
void vApplicationMallocFailedHook(void);

#ifdef __cplusplus
}
#endif
