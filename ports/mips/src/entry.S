/* SPDX-License-Identifier: MIT */
/*
 * Interrupts, exceptions and the switch between tasks.
 *
 * The CPU comes with Status.EXL set, so nothing interrupts this code. What a C function may change is saved
 * in a frame (frame.h) on the stack that was in use; the code goes over to the interrupt stack unless it
 * interrupts a handler. Registers s0 to s7 and fp, which C functions keep, are saved for a switch only.
 */
#include "frame.h"

    .set noreorder
    .set noat

/* Below the frame's address on the interrupt stack the ABI wants room for four arguments. */
#define ISR_FRAME 24
#define ISR_SAVED 16

    .macro save_scratch
    addiu   $sp, $sp, -FRAME_SIZE
    sw      $at, FRAME_AT($sp)
    sw      $v0, FRAME_V0($sp)
    sw      $v1, FRAME_V0 + 4($sp)
    sw      $a0, FRAME_A0($sp)
    sw      $a1, FRAME_A0 + 4($sp)
    sw      $a2, FRAME_A0 + 8($sp)
    sw      $a3, FRAME_A0 + 12($sp)
    sw      $t0, FRAME_T0($sp)
    sw      $t1, FRAME_T0 + 4($sp)
    sw      $t2, FRAME_T0 + 8($sp)
    sw      $t3, FRAME_T0 + 12($sp)
    sw      $t4, FRAME_T0 + 16($sp)
    sw      $t5, FRAME_T0 + 20($sp)
    sw      $t6, FRAME_T0 + 24($sp)
    sw      $t7, FRAME_T0 + 28($sp)
    sw      $t8, FRAME_T8($sp)
    sw      $t9, FRAME_T8 + 4($sp)
    sw      $gp, FRAME_GP($sp)
    sw      $ra, FRAME_RA($sp)
    mfhi    $t0
    mflo    $t1
    sw      $t0, FRAME_HI($sp)
    sw      $t1, FRAME_LO($sp)
    mfc0    $t0, $14                /* EPC */
    mfc0    $t1, $12                /* Status */
    sw      $t0, FRAME_EPC($sp)
    sw      $t1, FRAME_STATUS($sp)
    .endm

    .macro save_kept frame
    sw      $s0, FRAME_S0(\frame)
    sw      $s1, FRAME_S0 + 4(\frame)
    sw      $s2, FRAME_S0 + 8(\frame)
    sw      $s3, FRAME_S0 + 12(\frame)
    sw      $s4, FRAME_S0 + 16(\frame)
    sw      $s5, FRAME_S0 + 20(\frame)
    sw      $s6, FRAME_S0 + 24(\frame)
    sw      $s7, FRAME_S0 + 28(\frame)
    sw      $fp, FRAME_FP(\frame)
    .endm

    .macro load_kept frame
    lw      $s0, FRAME_S0(\frame)
    lw      $s1, FRAME_S0 + 4(\frame)
    lw      $s2, FRAME_S0 + 8(\frame)
    lw      $s3, FRAME_S0 + 12(\frame)
    lw      $s4, FRAME_S0 + 16(\frame)
    lw      $s5, FRAME_S0 + 20(\frame)
    lw      $s6, FRAME_S0 + 24(\frame)
    lw      $s7, FRAME_S0 + 28(\frame)
    lw      $fp, FRAME_FP(\frame)
    .endm

    /* On the interrupt stack, with the frame's address in a0 and kept there. */
    .macro take_interrupt_stack
    move    $a0, $sp
    lui     $t0, %hi(rtos_mips_serving)
    lw      $t0, %lo(rtos_mips_serving)($t0)
    bnez    $t0, 1f
    nop
    lui     $sp, %hi(rtos_isr_stack_top)
    addiu   $sp, $sp, %lo(rtos_isr_stack_top)
1:  addiu   $sp, $sp, -ISR_FRAME
    sw      $a0, ISR_SAVED($sp)
    .endm

/* --- the vector -------------------------------------------------------------------------------- */

    /* EBase is set to this; the vector of refills is for translated addresses, which are not used. */
    .section .vectors, "ax"
    .global rtos_mips_vectors
    .balign 4096
rtos_mips_vectors:
    j       rtos_mips_exception
    nop
    .org    0x180
    j       rtos_mips_exception
    nop
    .org    0x200

    .text
    .global rtos_mips_exception
    .ent    rtos_mips_exception
rtos_mips_exception:
    save_scratch
    mfc0    $t2, $13                /* Cause */
    andi    $t3, $t2, 0x7c
    bnez    $t3, exception
    nop
    take_interrupt_stack
    jal     rtos_mips_serve
    nop
    bnez    $v0, switch_task
    lw      $a0, ISR_SAVED($sp)

    /* Goes back to the frame at a0. */
resume:
    sw      $a0, ISR_SAVED($sp)
    jal     rtos_mips_status_for
    nop
    lw      $sp, ISR_SAVED($sp)
    mtc0    $v0, $12
    lw      $t0, FRAME_EPC($sp)
    lw      $t1, FRAME_HI($sp)
    lw      $t2, FRAME_LO($sp)
    mtc0    $t0, $14
    mthi    $t1
    mtlo    $t2
    lw      $at, FRAME_AT($sp)
    lw      $v0, FRAME_V0($sp)
    lw      $v1, FRAME_V0 + 4($sp)
    lw      $a0, FRAME_A0($sp)
    lw      $a1, FRAME_A0 + 4($sp)
    lw      $a2, FRAME_A0 + 8($sp)
    lw      $a3, FRAME_A0 + 12($sp)
    lw      $t0, FRAME_T0($sp)
    lw      $t1, FRAME_T0 + 4($sp)
    lw      $t2, FRAME_T0 + 8($sp)
    lw      $t3, FRAME_T0 + 12($sp)
    lw      $t4, FRAME_T0 + 16($sp)
    lw      $t5, FRAME_T0 + 20($sp)
    lw      $t6, FRAME_T0 + 24($sp)
    lw      $t7, FRAME_T0 + 28($sp)
    lw      $t8, FRAME_T8($sp)
    lw      $t9, FRAME_T8 + 4($sp)
    lw      $gp, FRAME_GP($sp)
    lw      $ra, FRAME_RA($sp)
    addiu   $sp, $sp, FRAME_SIZE
    ehb
    eret

switch_task:
    save_kept $a0
    jal     rtos_mips_switch
    nop
    move    $a0, $v0
    load_kept $a0
    b       resume
    nop

    /* The handler may change the frame. */
exception:
    sw      $t2, FRAME_CAUSE($sp)
    mfc0    $t3, $8                 /* BadVAddr */
    sw      $t3, FRAME_BADVADDR($sp)
    save_kept $sp
    take_interrupt_stack
    jal     rtos_mips_serve_exception
    nop
    lw      $a0, ISR_SAVED($sp)
    load_kept $a0
    b       resume
    nop
    .end    rtos_mips_exception

/* --- sleeping ---------------------------------------------------------------------------------- */

    /* void rtos_mips_sleep(uint32_t status): opens interrupts and stops the CPU. Who interrupts in between
     * goes on behind it. */
    .global rtos_mips_sleep, rtos_mips_sleep_end
    .ent    rtos_mips_sleep
rtos_mips_sleep:
    mtc0    $a0, $12
    ehb
    wait
rtos_mips_sleep_end:
    jr      $ra
    nop
    .end    rtos_mips_sleep

/* --- start and end ----------------------------------------------------------------------------- */

    /* Whoever starts the scheduler leaves on its stack what ending it needs. */
    .global rtos_port_run_tasks
    .ent    rtos_port_run_tasks
rtos_port_run_tasks:
    addiu   $sp, $sp, -FRAME_SIZE
    save_kept $sp
    sw      $ra, FRAME_RA($sp)
    mfc0    $t0, $12
    ori     $t0, $t0, 2             /* Status.EXL: nothing comes until the task runs */
    mtc0    $t0, $12
    ehb
    lui     $t0, %hi(starter_stack)
    sw      $sp, %lo(starter_stack)($t0)
    lui     $t0, %hi(pxCurrentTCB)
    lw      $t0, %lo(pxCurrentTCB)($t0)
    lw      $a0, 0($t0)
    load_kept $a0
    b       resume
    nop
    .end    rtos_port_run_tasks

    .global rtos_port_leave_tasks
    .ent    rtos_port_leave_tasks
rtos_port_leave_tasks:
    lui     $t0, %hi(starter_stack)
    lw      $sp, %lo(starter_stack)($t0)
    load_kept $sp
    lw      $ra, FRAME_RA($sp)
    jr      $ra
    addiu   $sp, $sp, FRAME_SIZE
    .end    rtos_port_leave_tasks

    .section .bss.starter_stack, "aw", @nobits
    .balign 4
starter_stack:
    .space  4
