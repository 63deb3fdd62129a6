/* SPDX-License-Identifier: MIT */
/*
 * How much of the main stack was used: at the start its unused words get a pattern, and the first one
 * without it is as far as the stack ever went. It grows down to the end of the C library's heap.
 */
#include "board_common.h"

#include <board.h>
#include <stdint.h>

#define PATTERN 0xa5a55a5au
#define MARGIN  128u /* below the caller's frame, for what this function calls */

/* The linker script's. */
extern char heap_end[], main_stack_top[];

/* Up to the frame of whoever calls, if that lies in the main stack at all. */
void board_memory_paint(void)
{
    const uintptr_t here = (uintptr_t)__builtin_frame_address(0);
    volatile uint32_t *word = (volatile uint32_t *)(void *)heap_end;

    if (here > (uintptr_t)main_stack_top)
        return;
    while ((uintptr_t)word + MARGIN < here)
        *word++ = PATTERN;
}

bool board_memory_used(struct board_memory *memory)
{
    const uint32_t *word = (const uint32_t *)(const void *)heap_end;
    const uint32_t *const top = (const uint32_t *)(const void *)main_stack_top;

    while (word < top && *word == PATTERN)
        word++;
    memory->main_stack = (size_t)((uintptr_t)main_stack_top - (uintptr_t)word);
    memory->c_heap = board_c_heap_used();
    return true;
}
