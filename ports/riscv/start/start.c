/* SPDX-License-Identifier: MIT */
/*
 * From reset to C: hart 0 goes on, others wait for ever. Traps go to the port, and interrupts are
 * masked until the scheduler runs.
 */
#include "fault.h"

#include <board_start.h>
#include <string.h>

/* The linker script's. */
extern char data_begin[], data_end[], bss_begin[], bss_end[];
extern const char data_image[];

void board_reset(void);
_Noreturn void board_reset_in_c(void);

__attribute__((naked, section(".vectors"))) void board_reset(void)
{
    __asm volatile(".option push             \n"
                   ".option norelax          \n"
                   "csrw   mie, zero         \n"
                   "csrci  mstatus, 8        \n"
                   "la     gp, __global_pointer$ \n"
                   ".option pop              \n"
                   "la     t0, freertos_risc_v_trap_handler \n"
                   "csrw   mtvec, t0         \n"
                   "csrr   t0, mhartid       \n"
                   "1: bnez t0, 1b           \n"
                   "la     tp, tls_begin     \n"
                   "la     sp, main_stack_top \n"
                   "j      board_reset_in_c  \n");
}

__attribute__((used)) _Noreturn void board_reset_in_c(void)
{
    memcpy(data_begin, data_image, (size_t)(data_end - data_begin));
    memset(bss_begin, 0, (size_t)(bss_end - bss_begin));
    board_faults_start();
    board_start();
}
