/* SPDX-License-Identifier: MIT */
/*
 * From reset to C, and the vector table. The table in flash serves until board_reset has made a copy of
 * it in RAM, in which interrupts are installed, so that nothing runs between the CPU's entry and a
 * handler.
 */
#include "fault.h"
#include "../src/scs.h"

#include <FreeRTOS.h>

#include <board_interrupt.h>
#include <board_start.h>
#include <string.h>

#ifndef BOARD_INTERRUPTS
#define BOARD_INTERRUPTS 32
#endif
#define VECTORS   (EXCEPTION_FIRST_INTERRUPT + BOARD_INTERRUPTS)
#define NVIC_ISER ((volatile uint32_t *)0xe000e100u)
#define NVIC_ICER ((volatile uint32_t *)0xe000e180u)
#define NVIC_ISPR ((volatile uint32_t *)0xe000e200u)

typedef void vector(void);

/* The linker script's. */
extern char main_stack_top[], data_begin[], data_end[], bss_begin[], bss_end[];
extern const char data_image[];

void board_reset(void);

static vector *const reset_vectors[VECTORS] __attribute__((section(".vectors"), used)) = {
    [0] = (vector *)(void *)main_stack_top,
    [1] = board_reset,
    [2 ... 10] = board_fault,
    [11] = vPortSVCHandler,
    [12 ... 13] = board_fault,
    [14] = xPortPendSVHandler,
    [15] = xPortSysTickHandler,
    [16 ... VECTORS - 1] = board_fault,
};

static vector *vectors[VECTORS] __attribute__((section(".ram_vectors"), aligned(512)));

void board_reset(void)
{
    memcpy(data_begin, data_image, (size_t)(data_end - data_begin));
    memset(bss_begin, 0, (size_t)(bss_end - bss_begin));
    memcpy(vectors, reset_vectors, sizeof vectors);
    SCB_VTOR = (uint32_t)(uintptr_t)vectors;
    board_start();
}

_Noreturn void board_restart(void)
{
    SCB_AIRCR = SCB_AIRCR_KEY | SCB_AIRCR_SYSRESETREQ;
    __asm volatile("dsb" ::: "memory");
    for (;;) {
    }
}

/* --- interrupts ---------------------------------------------------------------------------------- */

void board_interrupt_install(unsigned line, board_handler *handler, uint8_t priority)
{
    vectors[EXCEPTION_FIRST_INTERRUPT + line] = handler;
    NVIC_IPR[line] = priority;
    board_interrupt_enable(line);
}

void board_interrupt_enable(unsigned line)
{
    NVIC_ISER[line / 32] = 1u << line % 32;
}

void board_interrupt_disable(unsigned line)
{
    NVIC_ICER[line / 32] = 1u << line % 32;
    __asm volatile("dsb\n\tisb" ::: "memory");
}

void board_interrupt_pend(unsigned line)
{
    NVIC_ISPR[line / 32] = 1u << line % 32;
    __asm volatile("dsb\n\tisb" ::: "memory");
}

void board_tick_pend(void)
{
    SCB_ICSR = SCB_ICSR_PENDSTSET;
}

int board_interrupt_is_pending(void)
{
    return (SCB_ICSR & (SCB_ICSR_PENDSTSET | SCB_ICSR_ISRPENDING)) != 0;
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
