/* SPDX-License-Identifier: MIT */
/* The vector table. BOARD_INTERRUPTS is the board's: how many lines of the NVIC it has. */
#pragma once

#include "fault.h"
#include "../src/scs.h"

#include <FreeRTOS.h>

#ifndef BOARD_INTERRUPTS
#define BOARD_INTERRUPTS 32
#endif
#define VECTORS (EXCEPTION_FIRST_INTERRUPT + BOARD_INTERRUPTS)

typedef void vector(void);

/* The linker script's. */
extern char main_stack_top[];

void board_reset(void);

/* Makes handlers changeable; once, before interrupts are open. */
void vectors_begin(void);

/* The handler of an exception, by its number. */
void vectors_set(unsigned exception, vector *handler);
