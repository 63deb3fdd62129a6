/* SPDX-License-Identifier: MIT */
/*
 * From reset to main, and the vector table. The table in flash serves until board_reset has made a
 * copy of it in RAM, in which board_interrupt_install() puts handlers.
 */
#include "board_interrupt.h"
#include "board_local.h"
#include "fault.h"

#include <FreeRTOS.h>

#include <stdlib.h>
#include <string.h>

#define INTERRUPTS 32
#define VECTORS    (16 + INTERRUPTS)
#define SCB_VTOR   (*(volatile uint32_t *)0xe000ed08u)
#define NVIC_ISER  (*(volatile uint32_t *)0xe000e100u)
#define NVIC_ISPR  (*(volatile uint32_t *)0xe000e200u)
#define NVIC_IPR   ((volatile uint8_t *)0xe000e400u)

typedef void vector(void);

/* The linker script's. */
extern char main_stack_top[], data_begin[], data_end[], bss_begin[], bss_end[];
extern const char data_image[];

extern void __libc_init_array(void);
extern int main(int argc, char **argv);

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
    board_timer_start();
    __libc_init_array();
    board_settings_read();
    exit(main(board_argument_count, board_arguments));
}

void board_interrupt_install(enum board_interrupt line, board_handler *handler, uint8_t priority)
{
    vectors[16 + line] = handler;
    NVIC_IPR[line] = priority;
    NVIC_ISER = 1u << line;
}

void board_exception_install(unsigned exception, board_handler *handler)
{
    vectors[exception] = handler;
}

void board_interrupt_pend(enum board_interrupt line)
{
    NVIC_ISPR = 1u << line;
    __asm volatile("dsb\n\tisb" ::: "memory");
}

/* For __libc_init_array: there is nothing else to begin or to end. */
void _init(void);
void _fini(void);
void _init(void)
{
}
void _fini(void)
{
}
