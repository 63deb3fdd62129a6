/* SPDX-License-Identifier: MIT */
/* Linked to a test program, lets its cases run over the wrap of the tick counter. */
#include "harness.h"

#include <FreeRTOS.h>

uint32_t test_ticks_before_wrap = sizeof(TickType_t) == 2 ? 100 : 1000;
