/* SPDX-License-Identifier: MIT */
/* From reset to C: the vectors, no interrupts, a stack. */
    .set    noreorder
    .section .text.board_reset, "ax"
    .global board_reset
    .ent    board_reset
board_reset:
    lui     $t0, 0x0040             /* Status.BEV: the vectors may be moved */
    mtc0    $t0, $12
    ehb
    lui     $t0, %hi(rtos_mips_vectors)
    addiu   $t0, $t0, %lo(rtos_mips_vectors)
    mtc0    $t0, $15, 1             /* EBase */
    mtc0    $zero, $13              /* Cause: one vector, nothing pending of software */
    mtc0    $zero, $12
    ehb
    lui     $gp, %hi(_gp)
    addiu   $gp, $gp, %lo(_gp)
    lui     $sp, %hi(main_stack_top)
    addiu   $sp, $sp, %lo(main_stack_top)
    addiu   $sp, $sp, -16           /* room for arguments */
    lui     $t9, %hi(board_begin)
    addiu   $t9, $t9, %lo(board_begin)
    jr      $t9
    move    $ra, $zero
    .end    board_reset
