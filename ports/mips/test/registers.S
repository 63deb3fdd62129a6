/* SPDX-License-Identifier: MIT */
/* bool port_registers_survive(uint32_t pattern): fills every register but the stack pointer and gp with
 * values of the caller's own, lets time pass, and looks at them. */
    .set    noreorder
    .set    noat
    .text
    .global port_registers_survive
    .ent    port_registers_survive
port_registers_survive:
    addiu   $sp, $sp, -48
    sw      $ra, 0($sp)
    sw      $s0, 4($sp)
    sw      $s1, 8($sp)
    sw      $s2, 12($sp)
    sw      $s3, 16($sp)
    sw      $s4, 20($sp)
    sw      $s5, 24($sp)
    sw      $s6, 28($sp)
    sw      $s7, 32($sp)
    sw      $fp, 36($sp)
    addiu   $t0, $a0, 50
    mthi    $t0
    addiu   $t0, $a0, 51
    mtlo    $t0
    /* at, v1, a1 to t9, s0 to s7, fp, ra */
    .irp    n, 1, 3, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 30, 31
    addiu   $\n, $4, \n
    .endr
    li      $v0, 200
1:  addiu   $v0, $v0, -1
    bnez    $v0, 1b
    nop
    mfhi    $v0
    addiu   $v0, $v0, -50
    bne     $v0, $4, 2f
    mflo    $v0
    addiu   $v0, $v0, -51
    bne     $v0, $4, 2f
    nop
    .irp    n, 1, 3, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 30, 31
    addiu   $\n, $\n, -\n
    bne     $\n, $4, 2f
    nop
    .endr
    b       3f
    li      $v0, 1
2:  move    $v0, $zero
3:  lw      $ra, 0($sp)
    lw      $s0, 4($sp)
    lw      $s1, 8($sp)
    lw      $s2, 12($sp)
    lw      $s3, 16($sp)
    lw      $s4, 20($sp)
    lw      $s5, 24($sp)
    lw      $s6, 28($sp)
    lw      $s7, 32($sp)
    lw      $fp, 36($sp)
    jr      $ra
    addiu   $sp, $sp, 48
    .end    port_registers_survive

    /* A task that notes its stack pointer. */
    .global port_note_stack
    .ent    port_note_stack
port_note_stack:
    lui     $t0, %hi(port_stack_at_entry)
    sw      $sp, %lo(port_stack_at_entry)($t0)
    j       vTaskDelete
    move    $a0, $zero
    .end    port_note_stack

    /* uint32_t mips_trap(void): a system call, whose handler may skip it and give a result. */
    .global mips_trap
    .ent    mips_trap
mips_trap:
    move    $v0, $zero
    syscall
    jr      $ra
    nop
    .end    mips_trap
