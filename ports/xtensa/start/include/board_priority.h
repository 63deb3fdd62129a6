/* SPDX-License-Identifier: MIT */
/* Priorities of interrupts for interfaces/board_interrupt.h: levels. The level of a line is fixed in the
 * core; board_interrupt_install takes the line with the level that it has. */
#pragma once

#include <FreeRTOS.h>

#define BOARD_PRIORITY_KERNEL (configMAX_SYSCALL_INTERRUPT_PRIORITY)
#define BOARD_PRIORITY_LOW    1
