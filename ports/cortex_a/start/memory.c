/* SPDX-License-Identifier: MIT */
/* One table of sections of 1 MB (ARMv7-A, short descriptors). */
#include "memory.h"

#include <stdint.h>

enum { SECTIONS = 4096, SECTION_SIZE = 0x100000 };

/* Full access, domain 0. */
#define SECTION             0xc02u
#define NORMAL_NOT_CACHED   (SECTION | 0x1000u | 0x10000u) /* TEX 1, shareable */
#define DEVICE              (SECTION | 0x4u | 0x10u)       /* TEX 0, B; never executed */
#define SCTLR_MMU           1u
#define DOMAIN_0_IS_CHECKED 1u

/* The linker script's: the lowest and the highest address of code or data. */
extern char memory_begin[], memory_end[];

static uint32_t table[SECTIONS] __attribute__((aligned(SECTIONS * 4)));

void board_memory_map(void)
{
    const uint32_t first = (uint32_t)(uintptr_t)memory_begin / SECTION_SIZE;
    const uint32_t last = ((uint32_t)(uintptr_t)memory_end - 1) / SECTION_SIZE;
    uint32_t control;

    for (uint32_t i = 0; i < SECTIONS; i++)
        table[i] = i * SECTION_SIZE | (i >= first && i <= last ? NORMAL_NOT_CACHED : DEVICE);
    __asm volatile("dsb\n\t"
                   "mcr p15, 0, %0, c2, c0, 0\n\t" /* TTBR0 */
                   "mcr p15, 0, %1, c2, c0, 2\n\t" /* TTBCR: only that one */
                   "mcr p15, 0, %2, c3, c0, 0\n\t" /* DACR */
                   "mcr p15, 0, %1, c8, c7, 0\n\t" /* TLBIALL */
                   "dsb\n\t"
                   "isb" ::"r"(table),
                   "r"(0), "r"(DOMAIN_0_IS_CHECKED)
                   : "memory");
    __asm volatile("mrc p15, 0, %0, c1, c0, 0" : "=r"(control));
    __asm volatile("mcr p15, 0, %0, c1, c0, 0\n\t"
                   "isb" ::"r"(control | SCTLR_MMU)
                   : "memory");
}
