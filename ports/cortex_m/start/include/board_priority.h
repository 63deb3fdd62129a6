/* SPDX-License-Identifier: MIT */
/* Priorities of interrupts for interfaces/board_interrupt.h, as the NVIC's registers hold them. */
#pragma once

#include <FreeRTOS.h>

/* Without BASEPRI the mask holds off all. */
#if __ARM_ARCH_ISA_THUMB >= 2
#define BOARD_PRIORITY_URGENT (configMAX_SYSCALL_INTERRUPT_PRIORITY / 2)
#endif
#define BOARD_PRIORITY_KERNEL (configMAX_SYSCALL_INTERRUPT_PRIORITY)
/* Halfway to the least urgent one. */
#define BOARD_PRIORITY_LOW ((configMAX_SYSCALL_INTERRUPT_PRIORITY + 256) / 2)
