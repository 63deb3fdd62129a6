/* SPDX-License-Identifier: MIT */
/*
 * Reset and the exceptions that are no interrupts. Abort and undefined mode have no stack: their stack
 * pointer leads to the record of the fault, which is filled in before anything else.
 */
    .syntax unified
    .arm

    .equ    MODE_IRQ, 0x12
    .equ    MODE_SUPERVISOR, 0x13
    .equ    MODE_ABORT, 0x17
    .equ    MODE_UNDEFINED, 0x1b
    .equ    MODE_SYSTEM, 0x1f

    .section .vectors, "ax"
    .balign 32
    .globl  board_vectors
board_vectors:
    ldr     pc, =board_reset
    ldr     pc, =undefined
    ldr     pc, =FreeRTOS_SWI_Handler
    ldr     pc, =prefetch_abort
    ldr     pc, =data_abort
    ldr     pc, =unused
    ldr     pc, =FreeRTOS_IRQ_Handler
    ldr     pc, =unused
    .ltorg

    .section .text.board_reset, "ax"
    .globl  board_reset
    .type   board_reset, %function
board_reset:
    cpsid   aif
    mrc     p15, 0, r0, c0, c0, 5   /* the first CPU goes on, others wait */
    ands    r0, r0, #3
1:  wfene
    bne     1b
    ldr     r0, =board_vectors
    mcr     p15, 0, r0, c12, c0, 0  /* VBAR */
    mrc     p15, 0, r0, c1, c0, 0   /* SCTLR: caches, alignment faults and high vectors off */
    bic     r0, r0, #0x3000
    bic     r0, r0, #0x7
    mcr     p15, 0, r0, c1, c0, 0
    isb
#ifdef __ARM_FP
    mrc     p15, 0, r0, c1, c0, 2   /* CPACR: floating point and NEON */
    orr     r0, r0, #0xf00000
    mcr     p15, 0, r0, c1, c0, 2
    isb
    mov     r0, #0x40000000
    vmsr    fpexc, r0
#endif
    ldr     r0, =board_fault
    cps     #MODE_ABORT
    mov     sp, r0
    cps     #MODE_UNDEFINED
    mov     sp, r0
    cps     #MODE_SYSTEM
    ldr     sp, =main_stack_top
    b       board_reset_in_c
    .size   board_reset, . - board_reset

/* struct board_fault: r0 to r12, pc, psr, the exception, then sp and lr of the mode that was
 * interrupted. */
    .macro  record number
    stmia   sp, {r0-r12}
    mov     r0, sp
    str     lr, [r0, #52]
    mrs     r1, spsr
    str     r1, [r0, #56]
    mov     r2, #\number
    str     r2, [r0, #60]
    and     r3, r1, #0x1f
    cmp     r3, #0x10
    moveq   r3, #MODE_SYSTEM        /* whose sp and lr user mode has */
    mrs     r4, cpsr
    bic     r5, r4, #0x1f
    orr     r5, r5, r3
    msr     cpsr_c, r5
    str     sp, [r0, #64]
    str     lr, [r0, #68]
    msr     cpsr_c, r4
    b       report
    .endm

undefined:
    record  1
prefetch_abort:
    record  3
data_abort:
    record  4
unused:
    ldr     sp, =board_fault
    record  5

/* On the stack of interrupts, or main's before there are any. */
report:
    cps     #MODE_SUPERVISOR
    ldr     r1, =rtos_port
    ldr     sp, [r1, #12]
    ldr     r2, [r1, #4]
    cmp     r2, #0
    ldrne   sp, [r0, #64]           /* an interrupt has failed: what is left of it */
    cmp     sp, #0
    ldreq   sp, =main_stack_top
    bic     sp, sp, #7
    b       board_fault_report

    .globl  semihosting_trap
    .type   semihosting_trap, %function
semihosting_trap:
    svc     #0x123456
    bx      lr
    .size   semihosting_trap, . - semihosting_trap
