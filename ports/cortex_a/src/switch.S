/* SPDX-License-Identifier: MIT */
/*
 * The context switch and the entry of interrupts, in Arm state.
 *
 * A switch is a call: it leaves on the task's stack what a function has to preserve, and the first
 * member of *pxCurrentTCB points there. An interrupt saves on the task's stack what a function may
 * destroy, runs its handler on the stack of interrupts, and, if a switch is due when the last one ends,
 * makes the same call. Interrupts that are more urgent than the kernel stay open all the time but for
 * the first and the last instructions of an exception; so at each instruction sp is a task's or that of
 * interrupts, with nothing below it.
 *
 * Floating point registers follow the same rule, for tasks that have them; those that a handler uses
 * are saved by vApplicationIRQHandler.
 */
    .syntax unified
    .arm

    .equ    MODE_SYSTEM, 0x1f
    .equ    CPSR_I, 0x80

    /* struct rtos_port */
    .equ    SWITCH_DUE, 0
    .equ    NESTING, 4
    .equ    USES_FPU, 8
    .equ    ISR_STACK_TOP, 12
    .equ    STARTER, 16
    .equ    GIC, 20
    .equ    MASKED, 24

    /* Of the controller's CPU interface. */
    .equ    ICCPMR, 0x04
    .equ    ICCIAR, 0x0c
    .equ    ICCEOIR, 0x10
    .equ    FIRST_SPURIOUS, 1020

    .section .text.rtos_port_switch, "ax"

/* --- giving way -------------------------------------------------------------------------------- */

    .globl  vPortYield
    .type   vPortYield, %function
vPortYield:
    ldr     r2, =rtos_port
    mrs     r0, cpsr
    tst     r0, #CPSR_I
    bne     put_off
    ldr     r0, [r2, #NESTING]
    cmp     r0, #0
    bne     put_off
    ldr     r1, [r2, #GIC]
    ldr     r3, [r1, #ICCPMR]
    ldr     r0, [r2, #MASKED]
    cmp     r3, r0
    bls     put_off
    str     r0, [r1, #ICCPMR]
    dsb
    isb

/* The mask is closed; it is open when the task goes on. r2: rtos_port. */
switch:
    push    {r3-r11, lr}
    ldr     r1, [r2, #USES_FPU]
#ifdef __ARM_FP
    cmp     r1, #0
    beq     1f
    vpush   {d8-d15}
    vmrs    r3, fpscr
    push    {r3, r12}
1:
#endif
    push    {r1, r12}
    mov     r0, #0
    str     r0, [r2, #SWITCH_DUE]
    mov     r0, sp
    bl      rtos_switch_stack
resume:                             /* r0: the stack of the task that goes on */
    mov     sp, r0
    pop     {r1, r12}
    ldr     r2, =rtos_port
    str     r1, [r2, #USES_FPU]
#ifdef __ARM_FP
    cmp     r1, #0
    beq     1f
    pop     {r3, r12}
    vmsr    fpscr, r3
    vpop    {d8-d15}
1:
#endif
    ldr     r1, [r2, #GIC]
    mov     r0, #0xff
    str     r0, [r1, #ICCPMR]
    pop     {r3-r11, pc}

put_off:
    mov     r0, #1
    str     r0, [r2, #SWITCH_DUE]
    bx      lr
    .size   vPortYield, . - vPortYield

/* --- beginning and ending ---------------------------------------------------------------------- */

    .globl  rtos_port_task_begin
    .type   rtos_port_task_begin, %function
rtos_port_task_begin:
    mov     r0, r5
    mov     lr, r6
    bx      r4
    .size   rtos_port_task_begin, . - rtos_port_task_begin

    .globl  rtos_port_run_tasks
    .type   rtos_port_run_tasks, %function
rtos_port_run_tasks:
    mrs     r3, cpsr
    push    {r3-r11, lr}
#ifdef __ARM_FP
    vpush   {d8-d15}
#endif
    ldr     r2, =rtos_port
    mov     r0, sp
    str     r0, [r2, #STARTER]
    str     r0, [r2, #ISR_STACK_TOP]
    ldr     r0, =pxCurrentTCB
    ldr     r0, [r0]
    ldr     r0, [r0]
    cps     #MODE_SYSTEM
    mov     sp, r0
    cpsie   i
    b       resume
    .size   rtos_port_run_tasks, . - rtos_port_run_tasks

/* In the mode and on the stack of whoever called rtos_port_run_tasks. */
    .globl  rtos_port_leave_tasks
    .type   rtos_port_leave_tasks, %function
rtos_port_leave_tasks:
    cpsid   i
    ldr     r2, =rtos_port
    ldr     r0, [r2, #STARTER]
#ifdef __ARM_FP
    ldr     r1, [r0, #64]
#else
    ldr     r1, [r0]
#endif
    orr     r1, r1, #CPSR_I
    bic     r1, r1, #0x20           /* this is Arm state, whatever the caller's is */
    msr     cpsr_c, r1
    mov     sp, r0
#ifdef __ARM_FP
    vpop    {d8-d15}
#endif
    pop     {r3-r11, pc}
    .size   rtos_port_leave_tasks, . - rtos_port_leave_tasks

/* --- interrupts -------------------------------------------------------------------------------- */

    .globl  FreeRTOS_IRQ_Handler
    .type   FreeRTOS_IRQ_Handler, %function
FreeRTOS_IRQ_Handler:
    sub     lr, lr, #4
    srsdb   sp!, #MODE_SYSTEM
    cps     #MODE_SYSTEM
    push    {r0-r3, r12, lr}
    ldr     r2, =rtos_port
    ldr     r1, [r2, #NESTING]
    mov     r3, sp
    cmp     r1, #0
    ldreq   sp, [r2, #ISR_STACK_TOP]
    add     r1, r1, #1
    str     r1, [r2, #NESTING]
    sub     sp, sp, #8
    bic     sp, sp, #7
    ldr     r1, [r2, #GIC]
    ldr     r0, [r1, #ICCIAR]
    str     r3, [sp]
    str     r0, [sp, #4]
    ubfx    r1, r0, #0, #10
    cmp     r1, #FIRST_SPURIOUS
    bhs     1f                      /* it went away, or the mask came before it */
    bl      vApplicationIRQHandler
    cpsid   i
    ldr     r2, =rtos_port
    ldr     r1, [r2, #GIC]
    ldr     r0, [sp, #4]
    dsb                             /* the handler has quietened its device */
    str     r0, [r1, #ICCEOIR]
1:  ldr     sp, [sp]
    ldr     r1, [r2, #NESTING]
    subs    r1, r1, #1
    str     r1, [r2, #NESTING]
    bne     leave
    ldr     r0, [r2, #SWITCH_DUE]
    cmp     r0, #0
    beq     leave

/* A switch is due and no interrupt runs; but the mask may be closed, for an interrupt that it does not
 * hold off. */
give_way:
    ldr     r1, [r2, #GIC]
    ldr     r3, [r1, #ICCPMR]
    ldr     r0, [r2, #MASKED]
    cmp     r3, r0
    bls     leave
    str     r0, [r1, #ICCPMR]
    dsb
    isb
    cpsie   i
    mov     r0, sp
    sub     sp, sp, #8
    bic     sp, sp, #7
    str     r0, [sp]
#ifdef __ARM_FP
    ldr     r0, [r2, #USES_FPU]
    cmp     r0, #0
    beq     1f
    vpush   {d0-d7}
    vpush   {d16-d31}
1:
#endif
    bl      switch
#ifdef __ARM_FP
    ldr     r2, =rtos_port
    ldr     r0, [r2, #USES_FPU]
    cmp     r0, #0
    beq     1f
    vpop    {d16-d31}
    vpop    {d0-d7}
1:
#endif
    ldr     sp, [sp]
leave:
    clrex                           /* ends an exclusive access that was interrupted */
    pop     {r0-r3, r12, lr}
    rfeia   sp!
    .size   FreeRTOS_IRQ_Handler, . - FreeRTOS_IRQ_Handler

/* A supervisor call asks for a switch, as it does in existing code. */
    .globl  FreeRTOS_SWI_Handler
    .type   FreeRTOS_SWI_Handler, %function
FreeRTOS_SWI_Handler:
    srsdb   sp!, #MODE_SYSTEM
    cps     #MODE_SYSTEM
    push    {r0-r3, r12, lr}
    ldr     r2, =rtos_port
    mov     r0, #1
    str     r0, [r2, #SWITCH_DUE]
    ldr     r1, [r2, #NESTING]
    cmp     r1, #0
    bne     leave
    ldr     r0, [sp, #28]           /* the caller's CPSR */
    tst     r0, #CPSR_I
    bne     leave
    b       give_way
    .size   FreeRTOS_SWI_Handler, . - FreeRTOS_SWI_Handler

    .weak   vApplicationIRQHandler
    .type   vApplicationIRQHandler, %function
vApplicationIRQHandler:
    push    {r4, lr}
#ifdef __ARM_FP
    vpush   {d0-d7}
    vpush   {d16-d31}
    vmrs    r4, fpscr
#endif
    bl      vApplicationFPUSafeIRQHandler
#ifdef __ARM_FP
    vmsr    fpscr, r4
    vpop    {d16-d31}
    vpop    {d0-d7}
#endif
    pop     {r4, pc}
    .size   vApplicationIRQHandler, . - vApplicationIRQHandler
