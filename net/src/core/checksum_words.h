/* SPDX-License-Identifier: MIT */
/*
 * The inner loop of the checksum: words of the machine, added with the carry going round. A ones'
 * complement sum is the same for words of any size that is a multiple of 16 bits and, but for the
 * order of the two bytes of the result, in any byte order (RFC 1071 2).
 *
 * Blocks of 32 bytes are a machine's own where it can do better than C.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "core/small_code.h"

enum { TCPIP_CHECKSUM_BLOCK = 32 };

typedef uintptr_t tcpip_checksum_word;

static inline tcpip_checksum_word tcpip_checksum_plus(tcpip_checksum_word sum,
                                                      tcpip_checksum_word value)
{
    tcpip_checksum_word total = sum + value;

    return total + (total < sum);
}

static inline tcpip_checksum_word tcpip_checksum_load(const uint8_t *at)
{
    tcpip_checksum_word word;

    memcpy(&word, __builtin_assume_aligned(at, 4), sizeof word);
    return word;
}

#define TCPIP_CHECKSUM_FAST (!TCPIP_SMALL_CODE)

#ifdef __thumb2__ /* two loads of four words, and the carry never leaves its flag */

#define TCPIP_CHECKSUM_COPIES TCPIP_CHECKSUM_FAST

/* `at` is aligned to 4 bytes and `blocks` is not 0, as in each function here. */
static inline tcpip_checksum_word tcpip_checksum_blocks(tcpip_checksum_word sum, const uint8_t *at,
                                                        size_t blocks)
{
    __asm__ volatile("adds   %0, %0, #0\n"
                     "1:\n\t"
                     "ldmia  %1!, {r3, r4, r5, r6}\n\t"
                     "adcs   %0, %0, r3\n\t"
                     "adcs   %0, %0, r4\n\t"
                     "adcs   %0, %0, r5\n\t"
                     "adcs   %0, %0, r6\n\t"
                     "ldmia  %1!, {r3, r4, r5, r6}\n\t"
                     "adcs   %0, %0, r3\n\t"
                     "adcs   %0, %0, r4\n\t"
                     "adcs   %0, %0, r5\n\t"
                     "adcs   %0, %0, r6\n\t"
                     "sub    %2, %2, #1\n\t"
                     "teq    %2, #0\n\t" /* leaves the carry alone */
                     "bne    1b\n\t"
                     "adc    %0, %0, #0"
                     : "+r"(sum), "+r"(at), "+r"(blocks)
                     :
                     : "r3", "r4", "r5", "r6", "cc", "memory");
    return sum;
}

/* The same, and the bytes are copied to `to`, which is aligned as well. */
static inline tcpip_checksum_word tcpip_checksum_copy_blocks(tcpip_checksum_word sum, uint8_t *to,
                                                             const uint8_t *at, size_t blocks)
{
    __asm__ volatile("adds   %0, %0, #0\n"
                     "1:\n\t"
                     "ldmia  %1!, {r3, r4, r5, r6}\n\t"
                     "stmia  %2!, {r3, r4, r5, r6}\n\t"
                     "adcs   %0, %0, r3\n\t"
                     "adcs   %0, %0, r4\n\t"
                     "adcs   %0, %0, r5\n\t"
                     "adcs   %0, %0, r6\n\t"
                     "ldmia  %1!, {r3, r4, r5, r6}\n\t"
                     "stmia  %2!, {r3, r4, r5, r6}\n\t"
                     "adcs   %0, %0, r3\n\t"
                     "adcs   %0, %0, r4\n\t"
                     "adcs   %0, %0, r5\n\t"
                     "adcs   %0, %0, r6\n\t"
                     "sub    %3, %3, #1\n\t"
                     "teq    %3, #0\n\t"
                     "bne    1b\n\t"
                     "adc    %0, %0, #0"
                     : "+r"(sum), "+r"(at), "+r"(to), "+r"(blocks)
                     :
                     : "r3", "r4", "r5", "r6", "cc", "memory");
    return sum;
}

#else

#define TCPIP_CHECKSUM_COPIES 0 /* memcpy, and then the sum, is as good */

static inline tcpip_checksum_word tcpip_checksum_blocks(tcpip_checksum_word sum, const uint8_t *at,
                                                        size_t blocks)
{
    enum { STEP = 4 * sizeof sum };

    for (size_t left = blocks * TCPIP_CHECKSUM_BLOCK; left > 0; left -= STEP, at += STEP) {
        sum = tcpip_checksum_plus(sum, tcpip_checksum_load(at));
        sum = tcpip_checksum_plus(sum, tcpip_checksum_load(at + sizeof sum));
        sum = tcpip_checksum_plus(sum, tcpip_checksum_load(at + 2 * sizeof sum));
        sum = tcpip_checksum_plus(sum, tcpip_checksum_load(at + 3 * sizeof sum));
    }
    return sum;
}

static inline tcpip_checksum_word tcpip_checksum_copy_blocks(tcpip_checksum_word sum, uint8_t *to,
                                                             const uint8_t *at, size_t blocks)
{
    memcpy(to, at, blocks * TCPIP_CHECKSUM_BLOCK);
    return tcpip_checksum_blocks(sum, to, blocks);
}

#endif
