/* SPDX-License-Identifier: MIT */
/* Coprocessor 0 (MIPS32 Privileged Resource Architecture, 9): registers and their fields. */
#pragma once

#include <stdint.h>

#define STATUS_IE      0x00000001u
#define STATUS_EXL     0x00000002u
#define STATUS_LINES   0x0000ff00u
#define STATUS_BEV     0x00400000u
#define STATUS_LINE(n) (0x100u << (n))

/* The same place in Cause holds which lines are pending; writing the lower two makes them so. */
#define CAUSE_LINE(n)     (0x100u << (n))
#define CAUSE_CODE(cause) ((cause) / 4u % 32u)

#define CP0_BADVADDR      "$8"
#define CP0_COUNT         "$9"
#define CP0_COMPARE       "$11"
#define CP0_STATUS        "$12"
#define CP0_CAUSE         "$13"

#define READ_CP0(number)                                                                           \
    (__extension__({                                                                               \
        uint32_t cp0_value;                                                                        \
        __asm volatile("mfc0 %0, " number : "=r"(cp0_value) : : "memory");                         \
        cp0_value;                                                                                 \
    }))
#define WRITE_CP0(number, value)                                                                   \
    __asm volatile("mtc0 %0, " number "\n\tehb" ::"r"(value) : "memory")
