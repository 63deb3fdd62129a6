/* SPDX-License-Identifier: MIT */
/* From vectors.S to main: variables, the map of memory, the interrupt controller. */
#include "interrupt.h"
#include "memory.h"

#include <board_start.h>
#include <string.h>

/* The linker script's. */
extern char data_begin[], data_end[], bss_begin[], bss_end[];
extern const char data_image[];

_Noreturn void board_reset_in_c(void);

_Noreturn void board_reset_in_c(void)
{
    memcpy(data_begin, data_image, (size_t)(data_end - data_begin));
    memset(bss_begin, 0, (size_t)(bss_end - bss_begin));
    board_memory_map();
    board_interrupts_start();
    board_start();
}

/* For the C library's constructors: there is nothing else to begin or to end. */
void _init(void);
void _fini(void);
void _init(void)
{
}
void _fini(void)
{
}
