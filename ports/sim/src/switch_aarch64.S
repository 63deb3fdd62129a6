/* SPDX-License-Identifier: MIT */
/*
 * void sim_switch(void **save, void *load, struct sim_fiber *from)
 *
 * Saves what the AArch64 procedure call standard gives to the callee on the running stack, puts the
 * stack pointer in *save, and continues on the stack `load`. The frame, from its lowest address:
 * fiber, fpcr, d8-d15, x19-x28, x29, x30 (sim_frame in switch.c).
 */
#if defined(__aarch64__) && !defined(LINNET_SIM_UCONTEXT)
    .text
    .globl  sim_switch
    .type   sim_switch, %function
    .p2align 4
sim_switch:
    sub     sp, sp, #176
    mrs     x9, fpcr
    stp     x2, x9, [sp, #0]
    stp     d8, d9, [sp, #16]
    stp     d10, d11, [sp, #32]
    stp     d12, d13, [sp, #48]
    stp     d14, d15, [sp, #64]
    stp     x19, x20, [sp, #80]
    stp     x21, x22, [sp, #96]
    stp     x23, x24, [sp, #112]
    stp     x25, x26, [sp, #128]
    stp     x27, x28, [sp, #144]
    stp     x29, x30, [sp, #160]
    mov     x9, sp
    str     x9, [x0]

    mov     sp, x1
    ldr     x9, [sp, #8]
    msr     fpcr, x9
    ldp     d8, d9, [sp, #16]
    ldp     d10, d11, [sp, #32]
    ldp     d12, d13, [sp, #48]
    ldp     d14, d15, [sp, #64]
    ldp     x19, x20, [sp, #80]
    ldp     x21, x22, [sp, #96]
    ldp     x23, x24, [sp, #112]
    ldp     x25, x26, [sp, #128]
    ldp     x27, x28, [sp, #144]
    ldp     x29, x30, [sp, #160]
    add     sp, sp, #176
    ret
    .size   sim_switch, . - sim_switch
#endif
    .section .note.GNU-stack, "", %progbits
