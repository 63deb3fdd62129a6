/* SPDX-License-Identifier: MIT */
/* The bare Cortex-M3 of mps2-an385: the CMSDK timer 0 at 25 MHz, SysTick, and the NVIC's first line. */
#pragma once

#include <stdint.h>

enum { HOST_CLOCK_NS = 40 };

/* The stack of a task that needs so many words on a Cortex-M3. */
#define HOST_STACK_WORDS(words) (words)

static inline uint32_t host_clock(void)
{
    return 0xffffffffu - *(volatile uint32_t *)0x40000004u;
}

static inline void host_stop_tick(void)
{
    *(volatile uint32_t *)0xe000e010u = 0;
}

static inline void host_interrupt(void)
{
    *(volatile uint32_t *)0xe000e200u = 1;
    __asm volatile("dsb\n\tisb" ::: "memory");
}
