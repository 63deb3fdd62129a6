/* SPDX-License-Identifier: MIT */
/* Special registers (Xtensa ISA Reference Manual, 5.2), read and written by their numbers: an assembler
 * refuses those that its own core does not have, by name and by number. */
#pragma once

#include <stdint.h>

#define SR_EPC       176 /* plus the level; so the next two */
#define SR_EPS       192
#define SR_EXCSAVE   208
#define SR_INTERRUPT 226 /* read: what is pending; written: INTSET */
#define SR_INTCLEAR  227
#define SR_INTENABLE 228
#define SR_CCOUNT    234
#define SR_CCOMPARE  240 /* plus the timer's index */

/* RSR and WSR of register a8, as bytes. */
#define READ_SPECIAL(number)                                                                       \
    (__extension__({                                                                               \
        register uint32_t special_value __asm("a8");                                               \
        __asm volatile(".byte 0x80, %1, 0x03" : "=r"(special_value) : "i"(number) : "memory");     \
        special_value;                                                                             \
    }))
#define WRITE_SPECIAL(number, value)                                                               \
    do {                                                                                           \
        register uint32_t special_value __asm("a8") = (value);                                     \
        __asm volatile(".byte 0x80, %1, 0x13\n\tesync" ::"r"(special_value), "i"(number)           \
                       : "memory");                                                                \
    } while (0)
