/* SPDX-License-Identifier: MIT */
/*
 * Priorities of interrupts for interfaces/board_interrupt.h, as the platform-level interrupt controller
 * takes them. The mask holds all of them off, so there is no BOARD_PRIORITY_URGENT. A handler of less
 * than BOARD_PRIORITY_KERNEL is interrupted by the controller's lines of a higher priority, but not by
 * the tick.
 */
#pragma once

#define BOARD_PRIORITY_KERNEL 7
#define BOARD_PRIORITY_LOW    1
