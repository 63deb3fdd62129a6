/* SPDX-License-Identifier: MIT */
/*
 * The table in flash serves until there is a copy of it in RAM, in which handlers are put: nothing runs
 * between the CPU's entry and a handler.
 */
#include "vectors.h"

#include <string.h>

#if __ARM_ARCH_ISA_THUMB >= 2

_Static_assert(VECTORS <= 128, "the table in RAM is aligned for 128 vectors");

static vector *const reset_vectors[VECTORS] __attribute__((section(".vectors"), used)) = {
    [0] = (vector *)(void *)main_stack_top,
    [1] = board_reset,
    [2 ... 10] = board_fault,
    [EXCEPTION_SVC] = vPortSVCHandler,
    [12 ... 13] = board_fault,
    [EXCEPTION_PENDSV] = xPortPendSVHandler,
    [EXCEPTION_TICK] = xPortSysTickHandler,
    [EXCEPTION_FIRST_INTERRUPT... VECTORS - 1] = board_fault,
};

static vector *vectors[VECTORS] __attribute__((section(".ram_vectors"), aligned(512)));

void vectors_begin(void)
{
    memcpy(vectors, reset_vectors, sizeof vectors);
    SCB_VTOR = (uint32_t)(uintptr_t)vectors;
}

void vectors_set(unsigned exception, vector *handler)
{
    vectors[exception] = handler;
}

#endif
