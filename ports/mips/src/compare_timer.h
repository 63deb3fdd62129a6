/* SPDX-License-Identifier: MIT */
/* Count and Compare of coprocessor 0, for ports/common/src/compare_tick.c. */
#pragma once

#include "../../common/include/compare_tick.h"
#include "../include/mips_api.h"
#include "../include/mips_core.h"
#include "switch.h"

/* Of the tick among the lines of the kernel. */
#define COMPARE_TIMER_PRIORITY 128

static inline uint32_t compare_timer_count(void)
{
    return READ_CP0(CP0_COUNT);
}

static inline void compare_timer_set(uint32_t count)
{
    WRITE_CP0(CP0_COMPARE, count);
}

static inline bool compare_timer_is_pending(void)
{
    return (READ_CP0(CP0_CAUSE) & CAUSE_LINE(MIPS_LINE_TIMER)) != 0;
}

static inline uint32_t compare_timer_hz(void)
{
    return (uint32_t)(configCPU_CLOCK_HZ);
}

static void compare_timer_handler(void *argument)
{
    (void)argument;
    rtos_compare_interrupt();
}

static inline void compare_timer_enable(void)
{
    mips_set_interrupt_handler(MIPS_LINE_TIMER, compare_timer_handler, 0, COMPARE_TIMER_PRIORITY);
    mips_line_enable(MIPS_LINE_TIMER);
}

static inline void compare_timer_sleep(void)
{
    rtos_mips_sleep(rtos_mips_open);
}
