/* SPDX-License-Identifier: MIT */
/*
 * The context switch on ARMv7-M and ARMv8-M Mainline without floating point (Cortex-M3).
 *
 * On entry to an exception the CPU has put r0-r3, r12, lr, pc and xPSR on the task's stack; the
 * other eight registers and the EXC_RETURN that it resumes with follow below them, and the first
 * member of *pxCurrentTCB points there.
 *
 * Whoever starts the scheduler leaves its own registers on the main stack, below which interrupts
 * run; ending the scheduler finds them there.
 */
#include "../../../kernel/src/port.h"

#include "switch.h"

#if __ARM_ARCH_ISA_THUMB >= 2 && !defined(__ARM_FP)

__attribute__((naked)) void rtos_port_run_tasks(void)
{
    __asm volatile("push  {r3-r11, lr}    \n" /* r3 keeps the stack aligned */
                   "svc   0               \n"
                   "udf   #0              \n");
}

/* The CPU put eight words on the main stack when SVC was taken, and nobody took them off. */
__attribute__((naked, noreturn)) void rtos_port_leave_tasks(void)
{
    __asm volatile("movs  r0, #0          \n"
                   "msr   control, r0     \n" /* thread mode on the main stack */
                   "isb                   \n"
                   "add   sp, sp, #32     \n"
                   "pop   {r3-r11, pc}    \n");
}

/* Into the first task, with interrupts open. */
__attribute__((naked)) void vPortSVCHandler(void)
{
    __asm volatile("ldr   r3, =pxCurrentTCB \n"
                   "ldr   r2, [r3]        \n"
                   "ldr   r0, [r2]        \n"
                   "ldmia r0!, {r4-r11, lr} \n"
                   "msr   psp, r0         \n"
                   "movs  r0, #0          \n"
                   "msr   basepri, r0     \n"
                   "bx    lr              \n"
                   ".ltorg                \n");
}

/* The kernel stores the stack pointer of the task that ran and gives that of the task to run.
 * Interrupts stay open: one that makes a task ready meanwhile pends this exception again. */
__attribute__((naked)) void xPortPendSVHandler(void)
{
    __asm volatile("mrs   r0, psp         \n"
                   "stmdb r0!, {r4-r11, lr} \n"
                   "bl    rtos_switch_stack \n"
                   "ldmia r0!, {r4-r11, lr} \n"
                   "msr   psp, r0         \n"
                   "bx    lr              \n");
}

#endif
