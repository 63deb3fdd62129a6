/* SPDX-License-Identifier: MIT */
/*
 * Interrupts of a board by the generic interrupt controller: lines 0 to 15 are software's, to 31 the
 * CPU's own, the others devices'. Handlers run with interrupts open: the controller lets only what is
 * more urgent in.
 */
#include "interrupt.h"

#include "../src/switch.h"

#include <FreeRTOS.h>
#include <task.h>

#include <board_interrupt.h>
#include <board_priority.h>
#include <board_start.h>

#ifndef BOARD_INTERRUPTS
#define BOARD_INTERRUPTS 96
#endif

enum { LINE_GLOBAL_TIMER = 27, FIRST_SHARED_LINE = 32, SOFTWARE_LINES = 16 };

/* Registers of the distributor: a bit, or a byte, for each line. */
enum {
    ICDDCR = 0x000,
    ICDISER = 0x100,
    ICDICER = 0x180,
    ICDISPR = 0x200,
    ICDIPR = 0x400,
    ICDIPTR = 0x800,
    ICDSGIR = 0xf00,
};
#define ICCICR               portGIC_CPU(0x00)
#define SGI_TO_THIS_CPU      (2u << 24)
#define REGISTER(kind, line) portGIC_DIST((kind) + (line) / 32 * 4)
#define BYTE(kind, line)                                                                           \
    (((volatile uint8_t *)configINTERRUPT_CONTROLLER_BASE_ADDRESS)[(kind) + (line)])

static board_handler *handlers[BOARD_INTERRUPTS];

void board_interrupts_start(void)
{
    portGIC_DIST(ICDDCR) = 0;
    for (unsigned line = 0; line < BOARD_INTERRUPTS; line += 32)
        REGISTER(ICDICER, line) = UINT32_MAX;
    portICCBPR = 0;
    portICCPMR = portUNMASKED;
    ICCICR = 1;
    portGIC_DIST(ICDDCR) = 1;
    board_interrupt_install(LINE_GLOBAL_TIMER, FreeRTOS_Tick_Handler, BOARD_PRIORITY_LOW);
}

void board_interrupt_install(unsigned line, board_handler *handler, uint8_t priority)
{
    handlers[line] = handler;
    BYTE(ICDIPR, line) = priority;
    if (line >= FIRST_SHARED_LINE)
        BYTE(ICDIPTR, line) = 1; /* the first CPU's */
    board_interrupt_enable(line);
}

void board_interrupt_enable(unsigned line)
{
    REGISTER(ICDISER, line) = 1u << line % 32;
}

void board_interrupt_disable(unsigned line)
{
    REGISTER(ICDICER, line) = 1u << line % 32;
    __asm volatile("dsb\n\tisb" ::: "memory");
}

void board_interrupt_pend(unsigned line)
{
    if (line < SOFTWARE_LINES)
        portGIC_DIST(ICDSGIR) = SGI_TO_THIS_CPU | line;
    else
        REGISTER(ICDISPR, line) = 1u << line % 32;
    __asm volatile("dsb\n\tisb" ::: "memory");
}

void board_tick_pend(void)
{
    UBaseType_t state = portSET_INTERRUPT_MASK_FROM_ISR();

    rtos_port_repeat_tick();
    board_interrupt_pend(LINE_GLOBAL_TIMER);
    portCLEAR_INTERRUPT_MASK_FROM_ISR(state);
}

int board_interrupt_is_pending(void)
{
    uint32_t pending = 0;

    for (unsigned line = 0; line < BOARD_INTERRUPTS; line += 32)
        pending |= REGISTER(ICDISPR, line) & REGISTER(ICDISER, line);
    return pending != 0;
}

/* --- from the port's handler ----------------------------------------------------------------------- */

static _Noreturn void refuse(unsigned line)
{
    struct board_crash *crash = board_crash_begin();

    board_crash_name_interrupt(crash, line);
    board_crash_end();
}

/* An application with a way of its own has vApplicationIRQHandler. */
void vApplicationFPUSafeIRQHandler(uint32_t acknowledged)
{
    const unsigned line = acknowledged % 1024u;

    if (line >= BOARD_INTERRUPTS || handlers[line] == NULL)
        refuse(line);
    __asm volatile("cpsie i" ::: "memory");
    handlers[line]();
}
