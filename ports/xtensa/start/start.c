/* SPDX-License-Identifier: MIT */
/* From reset to C, after reset.S, and the board's view of the interrupts. */
#include "fault.h"
#include "../../common/include/compare_tick.h"

#include <FreeRTOS.h>

#include <board_interrupt.h>
#include <board_start.h>
#include <string.h>
#include <xtensa_api.h>
#include <xtensa_core.h>

/* The linker script's. */
extern char data_begin[], data_end[], bss_begin[], bss_end[];
extern const char data_image[];

void board_begin(void);

void board_begin(void)
{
    memcpy(data_begin, data_image, (size_t)(data_end - data_begin));
    memset(bss_begin, 0, (size_t)(bss_end - bss_begin));
    (void)xt_set_default_exception_handler(board_fault);
    board_start();
}

/* --- interrupts ---------------------------------------------------------------------------------- */

static void call(void *handler)
{
    ((board_handler *)handler)();
}

void board_interrupt_install(unsigned line, board_handler *handler, uint8_t priority)
{
    (void)priority;
    (void)xt_set_interrupt_handler((int)line, call, (void *)handler);
    board_interrupt_enable(line);
}

void board_interrupt_enable(unsigned line)
{
    (void)xt_ints_on(1u << line);
}

void board_interrupt_disable(unsigned line)
{
    (void)xt_ints_off(1u << line);
}

void board_interrupt_pend(unsigned line)
{
    xt_set_intset(1u << line);
}

void board_tick_pend(void)
{
    rtos_compare_tick_pend();
}

int board_interrupt_is_pending(void)
{
    const uint32_t pending = READ_SPECIAL(SR_INTERRUPT) & READ_SPECIAL(SR_INTENABLE);

    return (pending & ~portYIELD_INTERRUPT) != 0;
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
