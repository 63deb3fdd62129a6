/* SPDX-License-Identifier: MIT */
#pragma once

#include <FreeRTOSConfig.h>

/* The lines, as bits, whose interrupts may call the kernel: those are masked by it. Lines 0, which switches
 * tasks, and 7, the timer's, are among them. */
#ifndef configMIPS_KERNEL_LINES
#define configMIPS_KERNEL_LINES 0xff
#endif

/* The interrupt stack, in words. */
#ifndef configISR_STACK_SIZE
#define configISR_STACK_SIZE 512
#endif

/* Whether the idle task stops the CPU. */
#ifndef configMIPS_IDLE_WAIT
#define configMIPS_IDLE_WAIT 1
#endif
