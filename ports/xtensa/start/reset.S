/* SPDX-License-Identifier: MIT */
/* From reset to C: all interrupts disabled, a stack, the vectors, and PS as tasks have it. */
    .section .text.board_reset, "ax"
    .global board_reset
    .align  4
    .literal_position
board_reset:
    movi    a2, 0
    wsr.intenable a2
    movi    sp, main_stack_top
    movi    a2, rtos_xt_vectors
    wsr.vecbase a2
    movi    a2, 0x20                /* PS.UM */
    wsr.ps  a2
    rsync
    movi    a0, 0
    movi    a2, board_begin
    jx      a2
