/* SPDX-License-Identifier: MIT */
/*
 * Interrupts of a board: the platform-level interrupt controller (RISC-V PLIC specification 1.0.0) and
 * the software interrupt of the hart.
 *
 * While a handler runs the controller lets only lines of a higher priority through, and the tick and
 * the software interrupt are held off; a handler of the highest priority runs with the mask closed.
 */
#include "../src/switch.h"

#include <FreeRTOS.h>
#include <task.h>

#include <board_interrupt.h>
#include <board_priority.h>
#include <board_start.h>
#include <riscv_interrupt.h>
#include <stdbool.h>
#include <stddef.h>

#ifndef BOARD_INTERRUPTS
#define BOARD_INTERRUPTS 32
#endif

enum { CAUSE_SOFTWARE = 3, CAUSE_TIMER = 7, CAUSE_EXTERNAL = 11 };
enum {
    BIT_SOFTWARE = 1 << CAUSE_SOFTWARE,
    BIT_TIMER = 1 << CAUSE_TIMER,
    BIT_EXTERNAL = 1 << CAUSE_EXTERNAL,
};

/* The controller's registers, by words; context 0 is machine mode of hart 0. */
enum { PLIC_PRIORITY = 0, PLIC_PENDING = 0x1000 / 4, PLIC_ENABLE = 0x2000 / 4 };
enum { PLIC_THRESHOLD = 0x200000 / 4, PLIC_CLAIM = 0x200004 / 4 };

static volatile uint32_t *plic, *software;
static board_handler *handlers[BOARD_INTERRUPTS];
static uint8_t priorities[BOARD_INTERRUPTS];

static bool is_software(unsigned line)
{
    return line == RISCV_LINE_SOFTWARE;
}

void riscv_interrupt_start(uintptr_t controller, uintptr_t software_at)
{
    plic = (volatile uint32_t *)controller;
    software = (volatile uint32_t *)software_at;
    for (unsigned word = 0; word < (BOARD_INTERRUPTS + 31) / 32; word++)
        plic[PLIC_ENABLE + word] = 0;
    plic[PLIC_THRESHOLD] = 0;
    *software = 0;
    __asm volatile("csrs mie, %0" ::"r"(BIT_EXTERNAL) : "memory");
}

void board_interrupt_install(unsigned line, board_handler *handler, uint8_t priority)
{
    handlers[line] = handler;
    priorities[line] = priority;
    if (!is_software(line))
        plic[PLIC_PRIORITY + line] = priority;
    board_interrupt_enable(line);
}

/* The words of the enable bits are shared by all lines. */
void board_interrupt_enable(unsigned line)
{
    UBaseType_t state = portSET_INTERRUPT_MASK_FROM_ISR();

    if (is_software(line))
        __asm volatile("csrs mie, %0" ::"r"(BIT_SOFTWARE) : "memory");
    else
        plic[PLIC_ENABLE + line / 32] |= 1u << line % 32;
    portCLEAR_INTERRUPT_MASK_FROM_ISR(state);
}

void board_interrupt_disable(unsigned line)
{
    UBaseType_t state = portSET_INTERRUPT_MASK_FROM_ISR();

    if (is_software(line))
        __asm volatile("csrc mie, %0" ::"r"(BIT_SOFTWARE) : "memory");
    else
        plic[PLIC_ENABLE + line / 32] &= ~(1u << line % 32);
    portCLEAR_INTERRUPT_MASK_FROM_ISR(state);
}

/* The controller's lines are their devices' alone. */
void board_interrupt_pend(unsigned line)
{
    configASSERT(is_software(line));
    if (is_software(line)) {
        *software = 1;
        /* Interrupts are open before the first instruction that could depend on them. */
        (void)*software;
    }
}

void board_tick_pend(void)
{
    rtos_port_repeat_tick();
}

int board_interrupt_is_pending(void)
{
    uint32_t pending, enabled;

    __asm volatile("csrr %0, mip\n\t"
                   "csrr %1, mie"
                   : "=r"(pending), "=r"(enabled));
    return (pending & enabled) != 0;
}

/* --- from the port's trap handler --------------------------------------------------------------- */

/* The mask is still closed, so mepc is that of this interrupt. */
static _Noreturn void refuse(unsigned line)
{
    struct board_crash *crash = board_crash_begin();
    uint32_t interrupted;

    __asm volatile("csrr %0, mepc" : "=r"(interrupted));
    board_crash_name_interrupt(crash, line);
    crash->registers[0] = interrupted;
    crash->register_count = 1;
    board_crash_end();
}

static void serve(unsigned line)
{
    const uint32_t low = BIT_TIMER | BIT_SOFTWARE;
    uint32_t threshold, enabled;

    if (line >= BOARD_INTERRUPTS || handlers[line] == NULL)
        refuse(line);
    if (priorities[line] >= BOARD_PRIORITY_KERNEL) {
        handlers[line]();
        return;
    }
    threshold = plic[PLIC_THRESHOLD];
    plic[PLIC_THRESHOLD] = priorities[line];
    __asm volatile("csrrc %0, mie, %1" : "=r"(enabled) : "r"(low) : "memory");
    __asm volatile("csrs mstatus, %0" ::"r"(portRISCV_MIE) : "memory");
    handlers[line]();
    __asm volatile("csrc mstatus, %0" ::"r"(portRISCV_MIE) : "memory");
    __asm volatile("csrs mie, %0" ::"r"(enabled & low) : "memory");
    plic[PLIC_THRESHOLD] = threshold;
}

static void serve_external(void)
{
    for (uint32_t line; (line = plic[PLIC_CLAIM]) != 0;) {
        serve(line);
        plic[PLIC_CLAIM] = line;
    }
}

void freertos_risc_v_application_interrupt_handler(UBaseType_t cause)
{
    switch (cause & 0xff) {
    case CAUSE_EXTERNAL:
        serve_external();
        break;
    case CAUSE_SOFTWARE:
        *software = 0;
        serve(RISCV_LINE_SOFTWARE);
        break;
    default:
        refuse((unsigned)cause & 0xff); /* one of the CPU's own */
    }
}
