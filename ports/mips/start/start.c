/* SPDX-License-Identifier: MIT */
/* From reset to C, after reset.S, and the board's view of the interrupts. */
#include "fault.h"
#include "../../common/include/compare_tick.h"

#include <FreeRTOS.h>

#include <board_interrupt.h>
#include <board_start.h>
#include <mips_api.h>
#include <string.h>

/* The linker script's. */
extern char data_begin[], data_end[], bss_begin[], bss_end[];
extern const char data_image[];

void board_begin(void);

void board_begin(void)
{
    memcpy(data_begin, data_image, (size_t)(data_end - data_begin));
    memset(bss_begin, 0, (size_t)(bss_end - bss_begin));
    (void)mips_set_default_exception_handler(board_fault);
    portENABLE_INTERRUPTS();
    board_start();
}

/* There is no reset that an instruction could ask for: the image begins again, from what it was loaded
 * with. */
_Noreturn void board_restart(void)
{
    extern _Noreturn void board_reset(void);

    board_reset();
}

/* --- interrupts ---------------------------------------------------------------------------------- */

static void call(void *handler)
{
    ((board_handler *)handler)();
}

void board_interrupt_install(unsigned line, board_handler *handler, uint8_t priority)
{
    mips_line_disable(line);
    mips_set_interrupt_handler(line, call, (void *)handler, priority);
    mips_line_enable(line);
}

void board_interrupt_enable(unsigned line)
{
    mips_line_enable(line);
}

void board_interrupt_disable(unsigned line)
{
    mips_line_disable(line);
}

void board_interrupt_pend(unsigned line)
{
    mips_software_pend(line);
}

void board_tick_pend(void)
{
    rtos_compare_tick_pend();
}

int board_interrupt_is_pending(void)
{
    return mips_lines_pending() != 0;
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
