/* SPDX-License-Identifier: MIT */
/*
 * void sim_switch(void **save, void *load, struct sim_fiber *from)
 *
 * Saves what the x86-64 System V ABI gives to the callee on the running stack, puts the stack
 * pointer in *save, and continues on the stack `load`. The frame, from its lowest address:
 * fiber, mxcsr + x87 control word, r15 r14 r13 r12 rbx rbp, return address (sim_frame in switch.c).
 */
#if defined(__x86_64__) && !defined(LINNET_SIM_UCONTEXT)
    .text
    .globl  sim_switch
    .type   sim_switch, @function
    .p2align 4
sim_switch:
    .cfi_startproc
    endbr64
    pushq   %rbp
    .cfi_adjust_cfa_offset 8
    pushq   %rbx
    .cfi_adjust_cfa_offset 8
    pushq   %r12
    .cfi_adjust_cfa_offset 8
    pushq   %r13
    .cfi_adjust_cfa_offset 8
    pushq   %r14
    .cfi_adjust_cfa_offset 8
    pushq   %r15
    .cfi_adjust_cfa_offset 8
    subq    $16, %rsp
    .cfi_adjust_cfa_offset 16
    stmxcsr 8(%rsp)
    fnstcw  12(%rsp)
    movq    %rdx, (%rsp)
    movq    %rsp, (%rdi)

    movq    %rsi, %rsp
    ldmxcsr 8(%rsp)
    fldcw   12(%rsp)
    addq    $16, %rsp
    .cfi_adjust_cfa_offset -16
    popq    %r15
    .cfi_adjust_cfa_offset -8
    popq    %r14
    .cfi_adjust_cfa_offset -8
    popq    %r13
    .cfi_adjust_cfa_offset -8
    popq    %r12
    .cfi_adjust_cfa_offset -8
    popq    %rbx
    .cfi_adjust_cfa_offset -8
    popq    %rbp
    .cfi_adjust_cfa_offset -8
    ret
    .cfi_endproc
    .size   sim_switch, . - sim_switch
#endif
    .section .note.GNU-stack, "", @progbits
