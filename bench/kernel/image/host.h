/* SPDX-License-Identifier: MIT */
/* What an image asks of the machine that runs it: its argument, a line of output, the end; and the
 * timer by which it counts instructions. */
#pragma once

#include <stdint.h>

/* The words behind the image's name, from `-semihosting-config …,arg=image,arg=WORD`. */
const char *host_argument(void);

void host_print(const char *text);

/* A number of tenths as text, with a blank behind it: 2608 is printed as 260.8. */
void host_print_tenths(uint64_t tenths);

_Noreturn void host_exit(int code);

/* Counts of 40 ns of virtual time, growing, from the CMSDK timer 0. */
void host_clock_begin(void);
static inline uint32_t host_clock(void)
{
    return 0xffffffffu - *(volatile uint32_t *)0x40000004u;
}

/* The software interrupt of the tests: pends the line; taken at once. */
void host_interrupt_begin(void (*handler)(void));
static inline void host_interrupt(void)
{
    *(volatile uint32_t *)0xe000e200u = 1;
    __asm volatile("dsb\n\tisb" ::: "memory");
}
