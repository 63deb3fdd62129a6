/* SPDX-License-Identifier: MIT */
/* Priorities of interrupts for interfaces/board_interrupt.h: those of mips_set_interrupt_handler. */
#pragma once

/* That of the tick is between them. */
#define BOARD_PRIORITY_KERNEL 200
#define BOARD_PRIORITY_LOW    1
