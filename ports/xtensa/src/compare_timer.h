/* SPDX-License-Identifier: MIT */
/* CCOUNT and one of the CCOMPARE registers, for ports/common/src/compare_tick.c. */
#pragma once

#include "../../common/include/compare_tick.h"
#include "../include/port_core.h"
#include "../include/xtensa_api.h"
#include "../include/xtensa_core.h"
#include "../include/xtensa_port.h"

static inline uint32_t compare_timer_count(void)
{
    return READ_SPECIAL(SR_CCOUNT);
}

static inline void compare_timer_set(uint32_t count)
{
    WRITE_SPECIAL(SR_CCOMPARE + configXT_TIMER_INDEX, count);
}

static inline bool compare_timer_is_pending(void)
{
    return (READ_SPECIAL(SR_INTERRUPT) & 1u << configXT_TIMER_INTERRUPT) != 0;
}

static inline uint32_t compare_timer_hz(void)
{
#if configXT_BOARD && !configXT_SIMULATOR
    return xtbsp_clock_freq_hz();
#else
    return (uint32_t)(configCPU_CLOCK_HZ);
#endif
}

static void compare_timer_handler(void *argument)
{
    (void)argument;
    rtos_compare_interrupt();
}

static inline void compare_timer_enable(void)
{
    xt_set_level(1, 1u << configXT_TIMER_INTERRUPT);
    (void)xt_set_interrupt_handler(configXT_TIMER_INTERRUPT, compare_timer_handler, 0);
    (void)xt_ints_on(1u << configXT_TIMER_INTERRUPT);
}

static inline void compare_timer_sleep(void)
{
    __asm volatile("waiti 0" ::: "memory");
}
