/* SPDX-License-Identifier: MIT */
/* From reset to C, and what interfaces/board_interrupt.h asks of the interrupt controller. */
#include "vectors.h"
#include "../src/scs.h"

#include <FreeRTOS.h>

#include <board_interrupt.h>
#include <board_start.h>
#include <string.h>

#define NVIC_ISER ((volatile uint32_t *)0xe000e100u)
#define NVIC_ICER ((volatile uint32_t *)0xe000e180u)
#define NVIC_ISPR ((volatile uint32_t *)0xe000e200u)

/* The linker script's. */
extern char data_begin[], data_end[];
extern uint32_t bss_begin[], bss_end[];
extern const char data_image[];

void board_reset(void)
{
#ifdef __ARM_FP
    SCB_CPACR |= SCB_CPACR_FULL; /* the compiler may use it from here on */
    __asm volatile("dsb\n\tisb" ::: "memory");
#endif
    memcpy(data_begin, data_image, (size_t)(data_end - data_begin));
    for (volatile uint32_t *at = bss_begin; at < bss_end; at++)
        *at = 0; /* not by a function that a trace of the kernel's would show */
    vectors_begin();
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

/* In whole words: ARMv6-M has no others. */
static void set_priority(unsigned line, uint8_t priority)
{
    const unsigned shift = line % 4 * 8;
    uint32_t masked;

    __asm volatile("mrs %0, primask\n\tcpsid i" : "=r"(masked)::"memory");
    NVIC_IPR[line / 4] = (NVIC_IPR[line / 4] & ~(0xffu << shift)) | (uint32_t)priority << shift;
    __asm volatile("msr primask, %0" ::"r"(masked) : "memory");
}

void board_interrupt_install(unsigned line, board_handler *handler, uint8_t priority)
{
    vectors_set(EXCEPTION_FIRST_INTERRUPT + line, handler);
    set_priority(line, priority);
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
