/* SPDX-License-Identifier: MIT */
#pragma once

#include <stdint.h>

/* The line that software pends; the controller's own begin with 1. */
#define RISCV_LINE_SOFTWARE 0

/* Where the platform-level interrupt controller is, and the word whose bit 0 is this hart's software
 * interrupt. By the board, before any other function of board_interrupt.h. */
void riscv_interrupt_start(uintptr_t controller, uintptr_t software);
