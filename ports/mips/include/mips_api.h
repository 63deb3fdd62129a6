/* SPDX-License-Identifier: MIT */
/*
 * Interrupts and exceptions of the CPU. It has eight interrupt lines, of which 0 and 1 are software's and 7
 * usually is the timer's. The kernel uses line 0 to switch tasks. Handlers run on the interrupt stack and
 * nest by priority: a handler is interrupted by lines whose priority is higher than its own. Lines in
 * configMIPS_KERNEL_LINES may call the kernel's functions that end in FromISR; the others are never
 * masked by it, and are the most urgent.
 */
#pragma once

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef void (*mips_handler)(void *argument);

enum mips_line {
    MIPS_LINE_SWITCH = 0,
    MIPS_LINE_SOFTWARE = 1,
    MIPS_LINE_TIMER = 7,
    MIPS_LINES = 8
};

/* Names the handler of a line (1 to 7), its argument, and its priority (1 to 255); NULL: nobody handles
 * it. Does not enable the line. From anywhere, while the line is disabled. */
void mips_set_interrupt_handler(unsigned line, mips_handler handler, void *argument,
                                uint8_t priority);

/* Enables or disables a line, for every task. From anywhere but the handlers of lines that may not call the
 * kernel. */
void mips_line_enable(unsigned line);
void mips_line_disable(unsigned line);

/* Makes a software line pending, or takes it back. */
void mips_software_pend(unsigned line);
void mips_software_clear(unsigned line);

/* Lines that are pending and enabled, as bits; that of switching tasks left out. */
uint32_t mips_lines_pending(void);

/* What the CPU had in its registers when an exception came; a handler may change it before it returns.
 * The stack pointer is the address behind the frame. */
struct mips_exception_frame {
    uint32_t epc, status, cause, badvaddr, hi, lo;
    uint32_t at, v0, v1, a0, a1, a2, a3;
    uint32_t t0, t1, t2, t3, t4, t5, t6, t7, t8, t9;
    uint32_t s0, s1, s2, s3, s4, s5, s6, s7, fp, gp, ra;
};

typedef void (*mips_exception_handler)(struct mips_exception_frame *frame);

/* Names the handler of a cause (Cause.ExcCode, 1 to 31); NULL: the one for all others. The one before. */
mips_exception_handler mips_set_exception_handler(unsigned cause, mips_exception_handler handler);

/* Names the handler of causes that have none of their own; before it is named, the CPU stands still. An
 * interrupt that nobody handles comes as cause 0, with its line in `badvaddr`. */
mips_exception_handler mips_set_default_exception_handler(mips_exception_handler handler);

/* Calls the handler of a line, as if it had come; line 8 is none of the CPU's, for a board's own use. In
 * an interrupt. */
void mips_call_handler(unsigned line);

#ifdef __cplusplus
}
#endif
