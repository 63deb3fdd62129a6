/* SPDX-License-Identifier: MIT */
/*
 * Where the CPU goes on an interrupt or exception: offsets from VECBASE, which the start-up code sets to
 * rtos_xt_vectors. Cores lay them out in one of two ways, and both are here: those with register windows
 * (LX, the ESP32's) have their window handlers in the first 0x180 bytes, the small ones (the ESP8266's)
 * all that they have in the first 0x80. Register windows are not used with the call0 ABI.
 */
    .section .vectors, "ax"
    .align 4
    .global rtos_xt_vectors

    /* A vector of an interrupt level: EXCSAVEn keeps a0. */
    .macro level_vector offset, level
    .org \offset
    .byte 0x00, 208 + \level, 0x13      /* wsr.excsaveN a0 */
    j   rtos_xt_level\level
    .endm

rtos_xt_vectors:
    level_vector 0x10, 2
    level_vector 0x20, 3

    .org 0x30
    wsr.excsave1 a0
    j   rtos_xt_level1
    .org 0x50
    wsr.excsave1 a0
    j   rtos_xt_level1
    .org 0x70
    wsr.excsave1 a0
    j   rtos_xt_double

    level_vector 0x180, 2
    level_vector 0x1c0, 3
    level_vector 0x200, 4
    level_vector 0x240, 5
    level_vector 0x280, 6
    level_vector 0x2c0, 7

    .org 0x300
    wsr.excsave1 a0
    j   rtos_xt_level1
    .org 0x340
    wsr.excsave1 a0
    j   rtos_xt_level1
    .org 0x3c0
    wsr.excsave1 a0
    j   rtos_xt_double
