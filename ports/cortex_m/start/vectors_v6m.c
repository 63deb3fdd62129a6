/* SPDX-License-Identifier: MIT */
/* ARMv6-M need not be able to move its table: the one in flash leads to handlers by a few instructions. */
#include "vectors.h"

#if __ARM_ARCH_ISA_THUMB < 2

static vector *handlers[BOARD_INTERRUPTS + 1];

static void dispatch(void)
{
    handlers[rtos_port_exception() - EXCEPTION_TICK]();
}

static vector *const vectors[VECTORS] __attribute__((section(".vectors"), used)) = {
    [0] = (vector *)(void *)main_stack_top,
    [1] = board_reset,
    [2 ... 10] = board_fault,
    [EXCEPTION_SVC] = vPortSVCHandler,
    [12 ... 13] = board_fault,
    [EXCEPTION_PENDSV] = xPortPendSVHandler,
    [EXCEPTION_TICK... VECTORS - 1] = dispatch,
};

void vectors_begin(void)
{
    handlers[0] = xPortSysTickHandler;
    for (unsigned i = 1; i <= BOARD_INTERRUPTS; i++)
        handlers[i] = board_fault;
}

void vectors_set(unsigned exception, vector *handler)
{
    handlers[exception - EXCEPTION_TICK] = handler;
}

#endif
