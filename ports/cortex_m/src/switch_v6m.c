/* SPDX-License-Identifier: MIT */
/*
 * The context switch on ARMv6-M and ARMv8-M Baseline (Cortex-M0, M0+, M23), whose instructions reach
 * r8-r11 by way of the lower registers only.
 *
 * A task's saved context is as in switch_v7m.c. The first task starts without SVC, which would be a hard
 * fault under PRIMASK.
 */
#include "../../../kernel/src/port.h"

#include "switch.h"

#if __ARM_ARCH_ISA_THUMB < 2

/* r8-r11 and the rest of the caller's go on the main stack, below which interrupts run. Then the
 * first task's frame is taken off its stack by hand; r4-r11 begin as they are. */
__attribute__((naked)) void rtos_port_run_tasks(void)
{
    __asm volatile(".syntax unified   \n"
                   "push  {r3-r7, lr}     \n" /* r3 keeps the stack aligned */
                   "mov   r4, r8          \n"
                   "mov   r5, r9          \n"
                   "mov   r6, r10         \n"
                   "mov   r7, r11         \n"
                   "push  {r4-r7}         \n"
                   "ldr   r3, =pxCurrentTCB \n"
                   "ldr   r2, [r3]        \n"
                   "ldr   r0, [r2]        \n"
                   "adds  r0, #36         \n" /* past r4-r11 and EXC_RETURN */
                   "msr   psp, r0         \n"
                   "movs  r0, #2          \n"
                   "msr   control, r0     \n" /* thread mode on the process stack */
                   "isb                   \n"
                   "pop   {r0-r5}         \n" /* r0-r3, r12, lr */
                   "mov   lr, r5          \n"
                   "pop   {r3-r4}         \n" /* pc, xPSR */
                   "adds  r3, #1          \n" /* Thumb */
                   "cpsie i               \n"
                   "bx    r3              \n"
                   ".ltorg                \n");
}

__attribute__((naked, noreturn)) void rtos_port_leave_tasks(void)
{
    __asm volatile(".syntax unified   \n"
                   "movs  r0, #0          \n"
                   "msr   control, r0     \n" /* thread mode on the main stack */
                   "isb                   \n"
                   "pop   {r4-r7}         \n"
                   "mov   r8, r4          \n"
                   "mov   r9, r5          \n"
                   "mov   r10, r6         \n"
                   "mov   r11, r7         \n"
                   "pop   {r3-r7, pc}     \n");
}

/* Nobody asks for it. */
void vPortSVCHandler(void)
{
}

__attribute__((naked)) void xPortPendSVHandler(void)
{
    __asm volatile(".syntax unified   \n"
                   "mrs   r0, psp         \n"
                   "subs  r0, #36         \n"
                   "mov   r1, r0          \n"
                   "stmia r1!, {r4-r7}    \n"
                   "mov   r4, r8          \n"
                   "mov   r5, r9          \n"
                   "mov   r6, r10         \n"
                   "mov   r7, r11         \n"
                   "stmia r1!, {r4-r7}    \n"
                   "mov   r2, lr          \n"
                   "str   r2, [r1]        \n"
                   "bl    rtos_switch_stack \n"
                   "mov   r1, r0          \n"
                   "adds  r1, #16         \n"
                   "ldmia r1!, {r4-r7}    \n"
                   "mov   r8, r4          \n"
                   "mov   r9, r5          \n"
                   "mov   r10, r6         \n"
                   "mov   r11, r7         \n"
                   "ldmia r1!, {r2}       \n"
                   "msr   psp, r1         \n"
                   "ldmia r0!, {r4-r7}    \n"
                   "bx    r2              \n");
}

#endif
