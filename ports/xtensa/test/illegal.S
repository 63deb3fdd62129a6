/* SPDX-License-Identifier: MIT */
/* uint32_t xt_illegal(void): an illegal instruction, whose handler may skip it and give a result. */
    .text
    .align  4
    .global xt_illegal
xt_illegal:
    movi    a2, 0
    .byte   0, 0, 0
    ret
