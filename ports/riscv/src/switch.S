/* SPDX-License-Identifier: MIT */
/*
 * The context switch and the entry of traps.
 *
 * A switch is a call (rtos_port_switch): it leaves on the task's stack what a function has to
 * preserve, and the first member of *pxCurrentTCB points there. An interrupt saves on the task's
 * stack what a function may destroy, runs its handler on the stack of interrupts, and, if a switch is
 * due when the last one ends, makes the same call. So a task that gives way itself moves half of what
 * one that is interrupted does, and an interrupt without a switch the other half.
 *
 * Exceptions are not interrupts: every register goes to one place in memory, and nothing to a stack
 * that may be what is wrong.
 */
    .equ    MIE, 8
    .equ    SWITCH_FRAME, 64        /* enum switch_frame */
    .equ    TRAP_FRAME, 80
    .equ    CAUSE_TIMER, 0x80000007

    .section .text.rtos_port_switch, "ax"

/* --- giving way -------------------------------------------------------------------------------- */

    .globl  vPortYield
    .type   vPortYield, @function
vPortYield:
    csrrci  t0, mstatus, MIE
    andi    t0, t0, MIE
    beqz    t0, put_off
    lw      t1, rtos_port_nesting
    bnez    t1, put_off             /* an interrupt whose handler has opened the mask */

/* t0: what to set in mstatus when the task goes on. Interrupts are masked. The kernel chooses on
 * the interrupts' stack, which nobody uses now. */
rtos_port_switch:
    addi    sp, sp, -SWITCH_FRAME
    sw      ra, 0(sp)
    sw      s0, 4(sp)
    sw      s1, 8(sp)
    sw      s2, 12(sp)
    sw      s3, 16(sp)
    sw      s4, 20(sp)
    sw      s5, 24(sp)
    sw      s6, 28(sp)
    sw      s7, 32(sp)
    sw      s8, 36(sp)
    sw      s9, 40(sp)
    sw      s10, 44(sp)
    sw      s11, 48(sp)
    sw      t0, 52(sp)
    sw      zero, rtos_port_switch_due, t1
    mv      a0, sp
    lw      sp, rtos_port_isr_stack_top
    call    rtos_switch_stack
resume:                             /* a0: the stack of the task that goes on */
    mv      sp, a0
    lw      ra, 0(sp)
    lw      s0, 4(sp)
    lw      s1, 8(sp)
    lw      s2, 12(sp)
    lw      s3, 16(sp)
    lw      s4, 20(sp)
    lw      s5, 24(sp)
    lw      s6, 28(sp)
    lw      s7, 32(sp)
    lw      s8, 36(sp)
    lw      s9, 40(sp)
    lw      s10, 44(sp)
    lw      s11, 48(sp)
    lw      t0, 52(sp)
    addi    sp, sp, SWITCH_FRAME
    csrs    mstatus, t0
    ret

put_off:
    li      t1, 1
    sw      t1, rtos_port_switch_due, t2
    csrs    mstatus, t0
    ret
    .size   vPortYield, . - vPortYield

/* --- beginning and ending ---------------------------------------------------------------------- */

    .globl  rtos_port_task_begin
    .type   rtos_port_task_begin, @function
rtos_port_task_begin:
    mv      a0, s1
    mv      ra, s2
    jr      s0
    .size   rtos_port_task_begin, . - rtos_port_task_begin

    .globl  rtos_port_run_tasks
    .type   rtos_port_run_tasks, @function
rtos_port_run_tasks:
    addi    sp, sp, -SWITCH_FRAME
    sw      ra, 0(sp)
    sw      s0, 4(sp)
    sw      s1, 8(sp)
    sw      s2, 12(sp)
    sw      s3, 16(sp)
    sw      s4, 20(sp)
    sw      s5, 24(sp)
    sw      s6, 28(sp)
    sw      s7, 32(sp)
    sw      s8, 36(sp)
    sw      s9, 40(sp)
    sw      s10, 44(sp)
    sw      s11, 48(sp)
    sw      zero, 52(sp)
    sw      sp, starter, t1
    beqz    a0, 1f
    lw      t0, rtos_port_isr_stack_top
    bleu    t0, sp, 1f
    sw      sp, rtos_port_isr_stack_top, t1
1:  lw      a0, pxCurrentTCB
    lw      a0, 0(a0)
    j       resume
    .size   rtos_port_run_tasks, . - rtos_port_run_tasks

    .globl  rtos_port_leave_tasks
    .type   rtos_port_leave_tasks, @function
rtos_port_leave_tasks:
    lw      a0, starter
    j       resume
    .size   rtos_port_leave_tasks, . - rtos_port_leave_tasks

/* --- interrupts -------------------------------------------------------------------------------- */

    /* Onto the interrupts' stack, on whose top lies where the other one was left. */
    .macro  enter
    addi    sp, sp, -TRAP_FRAME
    sw      ra, 0(sp)
    sw      t0, 4(sp)
    sw      t1, 8(sp)
    sw      t2, 12(sp)
    sw      a0, 16(sp)
    sw      a1, 20(sp)
    sw      a2, 24(sp)
    sw      a3, 28(sp)
    sw      a4, 32(sp)
    sw      a5, 36(sp)
    sw      a6, 40(sp)
    sw      a7, 44(sp)
    sw      t3, 48(sp)
    sw      t4, 52(sp)
    sw      t5, 56(sp)
    sw      t6, 60(sp)
    csrr    t0, mepc
    csrr    t1, mstatus
    sw      t0, 64(sp)
    sw      t1, 68(sp)
    lw      t0, rtos_port_nesting
    addi    t1, t0, 1
    sw      t1, rtos_port_nesting, t2
    mv      t1, sp
    bnez    t0, 1f
    lw      sp, rtos_port_isr_stack_top
1:  addi    sp, sp, -16
    sw      t1, 0(sp)
    .endm

    .globl  freertos_risc_v_trap_handler
    .type   freertos_risc_v_trap_handler, @function
    .balign 4
freertos_risc_v_trap_handler:
    csrw    mscratch, t0
    csrr    t0, mcause
    bgez    t0, direct_exception
    csrr    t0, mscratch
    enter
    csrr    a0, mcause
    li      t0, CAUSE_TIMER
    bne     a0, t0, other_interrupt
    call    rtos_port_tick
    j       leave
direct_exception:
    csrr    t0, mscratch
    j       freertos_risc_v_exception_handler
    .size   freertos_risc_v_trap_handler, . - freertos_risc_v_trap_handler

    .globl  freertos_risc_v_interrupt_handler
    .type   freertos_risc_v_interrupt_handler, @function
freertos_risc_v_interrupt_handler:
    enter
    csrr    a0, mcause
other_interrupt:
    call    freertos_risc_v_application_interrupt_handler
    j       leave
    .size   freertos_risc_v_interrupt_handler, . - freertos_risc_v_interrupt_handler

    .globl  freertos_risc_v_mtimer_interrupt_handler
    .type   freertos_risc_v_mtimer_interrupt_handler, @function
freertos_risc_v_mtimer_interrupt_handler:
    enter
    call    rtos_port_tick

/* The handler may have opened the mask. */
leave:
    csrci   mstatus, MIE
    lw      sp, 0(sp)
    lw      t0, rtos_port_nesting
    addi    t0, t0, -1
    sw      t0, rtos_port_nesting, t1
    bnez    t0, 1f
    lw      t1, rtos_port_switch_due
    beqz    t1, 1f
    jal     rtos_port_switch        /* t0 is 0: mstatus comes with what is restored here */
1:  lw      t1, 64(sp)
    lw      t2, 68(sp)
    csrw    mepc, t1
    csrw    mstatus, t2
#ifdef __riscv_atomic
    addi    t0, sp, 72
    sc.w    t0, t0, (t0)            /* ends an exclusive access that was interrupted */
#endif
    lw      ra, 0(sp)
    lw      t0, 4(sp)
    lw      t1, 8(sp)
    lw      t2, 12(sp)
    lw      a0, 16(sp)
    lw      a1, 20(sp)
    lw      a2, 24(sp)
    lw      a3, 28(sp)
    lw      a4, 32(sp)
    lw      a5, 36(sp)
    lw      a6, 40(sp)
    lw      a7, 44(sp)
    lw      t3, 48(sp)
    lw      t4, 52(sp)
    lw      t5, 56(sp)
    lw      t6, 60(sp)
    addi    sp, sp, TRAP_FRAME
    mret
    .size   freertos_risc_v_mtimer_interrupt_handler, . - freertos_risc_v_mtimer_interrupt_handler

/* --- exceptions -------------------------------------------------------------------------------- */

    .equ    STATUS, 4 * 33          /* struct rtos_port_exception */
    .equ    CAUSE, 4 * 34
    .equ    VALUE, 4 * 35

/* The handler has the interrupts' stack: what is left of it if an interrupt was running, all of it
 * if a task was, or if the handler itself has failed. */
    .globl  freertos_risc_v_exception_handler
    .type   freertos_risc_v_exception_handler, @function
freertos_risc_v_exception_handler:
    csrw    mscratch, t0
    la      t0, rtos_port_exception
    .irp    n, 1,2,3,4,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31
    sw      x\n, 4*(\n + 1)(t0)
    .endr
    csrr    t1, mscratch
    sw      t1, 4*6(t0)
    csrr    t1, mepc
    sw      t1, 0(t0)
    csrr    t1, mstatus
    sw      t1, STATUS(t0)
    csrr    a0, mcause
    sw      a0, CAUSE(t0)
    csrr    t1, mtval
    sw      t1, VALUE(t0)
    lw      t1, handling
    bnez    t1, 1f
    lw      t2, rtos_port_nesting
    bnez    t2, 2f
1:  lw      sp, rtos_port_isr_stack_top
2:  andi    sp, sp, -16
    addi    t1, t1, 1
    sw      t1, handling, t2
    call    freertos_risc_v_application_exception_handler
    sw      zero, handling, t2
    la      t0, rtos_port_exception
    lw      t1, 0(t0)
    csrw    mepc, t1
    lw      t1, STATUS(t0)
    csrw    mstatus, t1
    .irp    n, 1,2,3,4,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31
    lw      x\n, 4*(\n + 1)(t0)
    .endr
    lw      t0, 4*6(t0)
    mret
    .size   freertos_risc_v_exception_handler, . - freertos_risc_v_exception_handler

    .section .sbss, "aw", @nobits
    .balign 4
starter:                            /* the stack of whoever started the scheduler */
    .zero   4
handling:                           /* exceptions that are being handled */
    .zero   4
