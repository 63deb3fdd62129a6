/* SPDX-License-Identifier: MIT */
/*
 * Interrupts, exceptions and the switch between tasks.
 *
 * What a C function may change is saved in a frame (frame.h) on the stack that was in use. Then the code
 * goes over to the interrupt stack, unless the stack pointer lies there already: so it is right at every
 * instruction of this file at which an interrupt of a higher level can come. PS.UM, which tells a task
 * from an interrupt, is cleared and set with PS.INTLEVEL in one write.
 *
 * A switch happens at the end of an interrupt of level 1 that came to a task. Registers a12 to a15, which
 * C functions keep, are saved only then. While PS.EXCM is set EPC1 is safe.
 */
#include "frame.h"

    .section .vectors.entry, "ax"   /* a jump of the vectors reaches 128 KB */
    .align 4
    .literal_position

    .macro save_scratch             /* a0 is in EXCSAVEn, EPCn and EPSn as the CPU left them */
    addi    sp, sp, -FRAME_SIZE
    s32i    a2, sp, FRAME_A2
    s32i    a3, sp, FRAME_A2 + 4
    s32i    a4, sp, FRAME_A2 + 8
    s32i    a5, sp, FRAME_A2 + 12
    s32i    a6, sp, FRAME_A2 + 16
    s32i    a7, sp, FRAME_A2 + 20
    s32i    a8, sp, FRAME_A2 + 24
    s32i    a9, sp, FRAME_A2 + 28
    s32i    a10, sp, FRAME_A2 + 32
    s32i    a11, sp, FRAME_A2 + 36
    rsr.sar a2
    s32i    a2, sp, FRAME_SAR
    .endm

    .macro load_scratch             /* and a0; takes the frame off */
    l32i    a2, sp, FRAME_SAR
    wsr.sar a2
    l32i    a0, sp, FRAME_A0
    l32i    a3, sp, FRAME_A2 + 4
    l32i    a4, sp, FRAME_A2 + 8
    l32i    a5, sp, FRAME_A2 + 12
    l32i    a6, sp, FRAME_A2 + 16
    l32i    a7, sp, FRAME_A2 + 20
    l32i    a8, sp, FRAME_A2 + 24
    l32i    a9, sp, FRAME_A2 + 28
    l32i    a10, sp, FRAME_A2 + 32
    l32i    a11, sp, FRAME_A2 + 36
    l32i    a2, sp, FRAME_A2
    addi    sp, sp, FRAME_SIZE
    .endm

    .macro save_kept frame
    s32i    a12, \frame, FRAME_A12
    s32i    a13, \frame, FRAME_A12 + 4
    s32i    a14, \frame, FRAME_A12 + 8
    s32i    a15, \frame, FRAME_A12 + 12
    .endm

    .macro load_kept frame
    l32i    a12, \frame, FRAME_A12
    l32i    a13, \frame, FRAME_A12 + 4
    l32i    a14, \frame, FRAME_A12 + 8
    l32i    a15, \frame, FRAME_A12 + 12
    .endm

    /* On the interrupt stack, with the frame's address at the stack pointer. */
    .macro take_interrupt_stack
    mov     a2, sp
    movi    a3, rtos_isr_stack
    sub     a3, sp, a3
    movi    a4, rtos_isr_stack_size
    bltu    a3, a4, 1f
    movi    sp, rtos_isr_stack_top
1:  addi    sp, sp, -16
    s32i    a2, sp, 0
    .endm

    .macro read_special number, at  /* RSR to a2 */
    .byte   0x20, \number, 0x03
    s32i    a2, sp, \at
    .endm

    .macro write_special number, at /* WSR from a2 */
    l32i    a2, sp, \at
    .byte   0x20, \number, 0x13
    .endm

/* --- exceptions and interrupts of level 1 ------------------------------------------------------ */

    .global rtos_xt_level1
rtos_xt_level1:
    save_scratch
    rsr.excsave1 a2
    s32i    a2, sp, FRAME_A0
    rsr.epc1 a2
    s32i    a2, sp, FRAME_PC
    rsr.ps  a2
    addi    a2, a2, -PS_EXCM        /* it was clear: else this were a double exception */
    s32i    a2, sp, FRAME_PS
    rsr.exccause a3
    bnei    a3, 4, exception
    take_interrupt_stack
    movi    a2, 1
    wsr.ps  a2
    rsync
    call0   rtos_xt_serve_level1
    l32i    a3, sp, 0
    bnez    a2, switch_task

    /* Goes back to the frame at a3. */
resume:
    movi    a2, PS_EXCM
    wsr.ps  a2
    rsync
    mov     sp, a3
    l32i    a2, sp, FRAME_PC
    wsr.epc1 a2
    l32i    a2, sp, FRAME_PS
    addi    a2, a2, PS_EXCM
    wsr.ps  a2
    rsync
    load_scratch
    rfe

switch_task:
    save_kept a3
    mov     a2, a3
    call0   rtos_switch_stack
    mov     a3, a2
    load_kept a3
    j       resume

    /* The handler may change the frame. */
exception:
    s32i    a3, sp, FRAME_EXCCAUSE
    rsr.excvaddr a2
    s32i    a2, sp, FRAME_EXCVADDR
serve_exception:
    save_kept sp
    take_interrupt_stack
    movi    a3, 15                  /* with all levels masked */
    wsr.ps  a3
    rsync
    call0   rtos_xt_serve_exception
    l32i    a3, sp, 0
    load_kept a3
    j       resume

    .global rtos_xt_double
rtos_xt_double:
    save_scratch
    rsr.excsave1 a2
    s32i    a2, sp, FRAME_A0
    rsr.depc a2
    s32i    a2, sp, FRAME_PC
    rsr.ps  a2
    addi    a2, a2, -PS_EXCM
    s32i    a2, sp, FRAME_PS
    rsr.excvaddr a2
    s32i    a2, sp, FRAME_EXCVADDR
    movi    a2, 64                  /* XT_CAUSE_DOUBLE */
    s32i    a2, sp, FRAME_EXCCAUSE
    j       serve_exception

/* --- interrupts of higher levels --------------------------------------------------------------- */

    .macro level_entry level
    .global rtos_xt_level\level
    .align  4
rtos_xt_level\level:
    save_scratch
    read_special 208 + \level, FRAME_A0
    read_special 176 + \level, FRAME_PC
    read_special 192 + \level, FRAME_PS
    save_kept sp                    /* only for a report of what nobody handles */
    take_interrupt_stack
    mov     a3, a2
    movi    a2, \level
    wsr.ps  a2
    rsync
    call0   rtos_xt_serve
    l32i    sp, sp, 0
    write_special 176 + \level, FRAME_PC
    write_special 192 + \level, FRAME_PS
    rsync
    load_scratch
    rfi     \level
    .endm

    level_entry 2
    level_entry 3
    level_entry 4
    level_entry 5
    level_entry 6
    level_entry 7

/* --- start and end ----------------------------------------------------------------------------- */

    /* Whoever starts the scheduler leaves on its stack what ending it needs. */
    .global rtos_port_run_tasks
    .align  4
rtos_port_run_tasks:
    addi    sp, sp, -32
    s32i    a0, sp, 0
    s32i    a12, sp, 4
    s32i    a13, sp, 8
    s32i    a14, sp, 12
    s32i    a15, sp, 16
    movi    a2, starter_stack
    s32i    sp, a2, 0
    movi    a3, pxCurrentTCB
    l32i    a3, a3, 0
    l32i    a3, a3, 0
    load_kept a3
    j       resume

    .global rtos_port_leave_tasks
    .align  4
rtos_port_leave_tasks:
    movi    a2, starter_stack
    l32i    sp, a2, 0
    l32i    a0, sp, 0
    l32i    a12, sp, 4
    l32i    a13, sp, 8
    l32i    a14, sp, 12
    l32i    a15, sp, 16
    addi    sp, sp, 32
    ret

    .section .bss.starter_stack, "aw", @nobits
    .align  4
starter_stack:
    .space  4
