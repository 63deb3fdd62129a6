/* SPDX-License-Identifier: MIT */
/* What the port gives to start-up code and boards: its timer, which besides the tick serves one alarm and,
 * for tests, ticks out of turn. */
#pragma once

#include "xtensa_api.h"

#include <stdbool.h>

/* With configXT_BOARD the board says which clock the CPU has, in Hz. */
uint32_t xtbsp_clock_freq_hz(void);

/* Ticks no more. */
void rtos_xt_stop_tick(void);

/* Makes a tick pending that time has not brought. From anywhere. */
void rtos_xt_tick_pend(void);

/* Calls the handler once, in an interrupt of level 1, when CCOUNT reaches `at`, which is less than 2^31
 * ahead; an earlier request is replaced. From anywhere, also before the scheduler starts. */
void rtos_xt_alarm(uint32_t at, xt_handler handler, void *argument);

/* Counts of the CPU's clock since the start. From anywhere that may call the kernel; right as long as it
 * is called, or the tick runs, at least once in 2^32 counts. */
uint64_t rtos_xt_counts(void);

/* Calls the handler of an interrupt, as if it had come. In an interrupt. */
void rtos_xt_call(unsigned number);
