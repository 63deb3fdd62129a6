/* SPDX-License-Identifier: MIT */
/*
 * The context switch on ARMv7-M and ARMv8-M Mainline with floating point (Cortex-M4F, M7, M33, M55).
 *
 * As in switch_v7m.c; besides, a task that has used floating point has room for s0-s15 and FPSCR in the
 * frame that the CPU made (bit 4 of EXC_RETURN is clear), and s16-s31 follow below that. The CPU fills
 * the room only when s16-s31 are stored here: a task that never uses floating point pays nothing.
 */
#include "../../../kernel/src/port.h"

#include "switch.h"

#if __ARM_ARCH_ISA_THUMB >= 2 && defined(__ARM_FP)

/* The frame that SVC makes has no room for floating point: CONTROL.FPCA is cleared before. */
__attribute__((naked)) void rtos_port_run_tasks(void)
{
    __asm volatile("push  {r3-r11, lr}    \n" /* r3 keeps the stack aligned */
                   "vpush {s16-s31}       \n"
                   "mrs   r0, control     \n"
                   "bic   r0, r0, #4      \n"
                   "msr   control, r0     \n"
                   "isb                   \n"
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
                   "vpop  {s16-s31}       \n"
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

__attribute__((naked)) void xPortPendSVHandler(void)
{
    __asm volatile("mrs   r0, psp         \n"
                   "tst   lr, #16         \n"
                   "it    eq              \n"
                   "vstmdbeq r0!, {s16-s31} \n"
                   "stmdb r0!, {r4-r11, lr} \n"
                   "bl    rtos_switch_stack \n"
                   "ldmia r0!, {r4-r11, lr} \n"
                   "tst   lr, #16         \n"
                   "it    eq              \n"
                   "vldmiaeq r0!, {s16-s31} \n"
                   "msr   psp, r0         \n"
                   "bx    lr              \n");
}

#endif
