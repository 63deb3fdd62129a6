/* SPDX-License-Identifier: MIT */
/*
 * Interrupts and exceptions of the CPU, under the names that programs for Xtensa know. The handlers are
 * C functions and run on the interrupt stack; those of a level up to configMAX_SYSCALL_INTERRUPT_PRIORITY
 * may call the kernel's functions that end in FromISR.
 */
#pragma once

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef void (*xt_handler)(void *argument);

/* Names the handler of an interrupt (0 to 31), and its argument; NULL: nobody handles it. The one
 * before, or NULL. Does not enable the interrupt. From anywhere; NULL for a number out of range. */
xt_handler xt_set_interrupt_handler(int number, xt_handler handler, void *argument);

/* Enables or disables the interrupts of a mask (INTENABLE). From anywhere; the latter returns which were
 * enabled before, the former too. */
unsigned int xt_ints_on(unsigned int mask);
unsigned int xt_ints_off(unsigned int mask);

/* Makes software interrupts pending, or clears what is pending of software and edge-triggered ones. */
void xt_set_intset(unsigned int mask);
void xt_set_intclear(unsigned int mask);

/* Adds the interrupts of a mask to those of a level (1 to 7), of which the CPU does not tell: one whose
 * level is not known is never served. Before interrupts are enabled. */
void xt_set_level(unsigned level, uint32_t mask);

/* What the CPU had in its registers when an exception came; a handler may change it before it returns.
 * Register a1 is the address behind the frame. */
typedef struct xt_exception_frame {
    uint32_t pc, ps, sar;
    uint32_t a0, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12, a13, a14, a15;
    uint32_t exccause, excvaddr;
} XtExcFrame;

typedef void (*xt_exc_handler)(XtExcFrame *frame);

/* Names the handler of a cause (EXCCAUSE, 0 to 63); NULL: the one for all others. */
xt_exc_handler xt_set_exception_handler(int cause, xt_exc_handler handler);

/* Names the handler of causes that have none of their own; before it is named, the CPU stands still. */
xt_exc_handler xt_set_default_exception_handler(xt_exc_handler handler);

/* For `exccause`: an exception while another was being taken, and one of the debugger's, are no causes of
 * the CPU's. */
enum xt_cause {
    XT_CAUSE_SYSCALL = 1,
    XT_CAUSE_LEVEL1 = 4,
    XT_CAUSE_DOUBLE = 64,
    XT_CAUSE_DEBUG,
    XT_CAUSE_UNHANDLED, /* an interrupt that nobody handles; `excvaddr` is its number */
};

/* Sees what is about to be served: the cause of an exception, or the level of interrupts. Runs on the
 * interrupt stack, before any handler. */
typedef void (*xt_intexc_hook)(uint32_t cause_or_level);

/* Names the hook of exceptions (0) or of interrupts of a level (1 to 7); NULL: none. The one before, or
 * NULL. From anywhere; NULL for a level out of range. Only with configXT_INTEXC_HOOKS. */
xt_intexc_hook xt_set_intexc_hook(unsigned level, xt_intexc_hook hook);

#ifdef __cplusplus
}
#endif
