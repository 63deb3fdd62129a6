/* SPDX-License-Identifier: MIT */
/* Priorities of interrupts for interfaces/board_interrupt.h, as the controller's registers hold them. */
#pragma once

#include <FreeRTOS.h>

#define BOARD_PRIORITY_URGENT (portMASKED / 2)
#define BOARD_PRIORITY_KERNEL (portMASKED)
/* The tick's. */
#define BOARD_PRIORITY_LOW ((unsigned)portLOWEST_USABLE_INTERRUPT_PRIORITY << portPRIORITY_SHIFT)
