/* SPDX-License-Identifier: MIT */
/* What the port gives to start-up code and boards, besides compare_tick.h. */
#pragma once

#include "xtensa_api.h"

#include <stdint.h>

/* With configXT_BOARD the board says which clock the CPU has, in Hz. */
uint32_t xtbsp_clock_freq_hz(void);

/* Calls the handler of an interrupt, as if it had come. In an interrupt. */
void rtos_xt_call(unsigned number);
