/* SPDX-License-Identifier: MIT */
/* The three instructions by which an emulator knows a semihosting call; they lie in one page, and none
 * of them is compressed. */
    .option norvc
    .section .text.semihosting_trap, "ax"
    .globl  semihosting_trap
    .type   semihosting_trap, @function
    .balign 16
semihosting_trap:
    slli    zero, zero, 0x1f
    ebreak
    srai    zero, zero, 7
    ret
    .size   semihosting_trap, . - semihosting_trap
