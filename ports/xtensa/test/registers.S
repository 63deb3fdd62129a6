/* SPDX-License-Identifier: MIT */
/* bool port_registers_survive(uint32_t pattern): fills every register but the stack pointer with values of
 * the caller's own, lets time pass, and looks at them. */
    .text
    .align  4
    .global port_registers_survive
port_registers_survive:
    addi    sp, sp, -32
    s32i    a0, sp, 0
    s32i    a12, sp, 4
    s32i    a13, sp, 8
    s32i    a14, sp, 12
    s32i    a15, sp, 16
    extui   a3, a2, 8, 5            /* of SAR, what it holds */
    wsr.sar a3
    .irp    n, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
    addi    a\n, a2, \n
    .endr
    movi    a0, 200
1:  addi    a0, a0, -1
    bnez    a0, 1b
    rsr.sar a0
    sub     a0, a0, a3
    bnez    a0, different
    .irp    n, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
    addi    a\n, a\n, -\n
    bne     a\n, a2, different
    .endr
    movi    a2, 1
    j       2f
different:
    movi    a2, 0
2:  l32i    a0, sp, 0
    l32i    a12, sp, 4
    l32i    a13, sp, 8
    l32i    a14, sp, 12
    l32i    a15, sp, 16
    addi    sp, sp, 32
    ret

    /* A task that notes its stack pointer, and in a14 what an exception's handler put there. */
    .align  4
    .global port_note_stack
port_note_stack:
    movi    a3, port_stack_at_entry
    s32i    sp, a3, 0
    movi    a2, 0
    j       vTaskDelete
