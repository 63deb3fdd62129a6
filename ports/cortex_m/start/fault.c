/* SPDX-License-Identifier: MIT */
/*
 * The end of a run that went wrong below C: a fault, or an interrupt that nobody handles. The CPU has
 * put r0-r3, r12, lr, pc and xPSR on the stack that was in use, which EXC_RETURN tells.
 */
#include "fault.h"

#include <FreeRTOS.h>

#include <board_start.h>
#include <string.h>

#define SCB_CFSR (*(volatile uint32_t *)0xe000ed28u)
#define SCB_HFSR (*(volatile uint32_t *)0xe000ed2cu)
#define SCB_BFAR (*(volatile uint32_t *)0xe000ed38u)

enum { FRAME_WORDS = 8, KEPT_WORDS = 8, FRAME_FLOATS = 18, REGISTERS = 21, STATUS_WORDS = 3 };
enum { FIRST_INTERRUPT = 16 };

const char *const board_crash_register_names[REGISTERS + 1] = {
    "r0",  "r1", "r2", "r3", "r12", "lr", "pc",  "psr",  "r8",   "r9",   "r10",
    "r11", "r4", "r5", "r6", "r7",  "sp", "exc", "cfsr", "hfsr", "bfar", NULL};

void board_fault_report(const uint32_t *frame, const uint32_t *kept, uint32_t exception,
                        uint32_t exc_return);

static const char *kind(uint32_t exception)
{
    static const char *const names[] = {
        [2] = "NMI",         [3] = "hard fault",   [4] = "memory fault",  [5] = "bus fault",
        [6] = "usage fault", [7] = "secure fault", [12] = "debug monitor"};

    if (exception < sizeof names / sizeof names[0] && names[exception] != NULL)
        return names[exception];
    return "unknown exception";
}

/* The stack pointer before the CPU put its frame there: with floating point it is longer, and bit 9 of
 * xPSR says whether a word was skipped to align it. */
static uint32_t stack_before(const uint32_t *frame, uint32_t exc_return)
{
    const uint32_t floats = exc_return & 0x10u ? 0 : FRAME_FLOATS;
    const uint32_t padding = frame[7] / 0x200u % 2u;

    return (uint32_t)(uintptr_t)(frame + FRAME_WORDS + floats + padding);
}

__attribute__((used)) void board_fault_report(const uint32_t *frame, const uint32_t *kept,
                                              uint32_t exception, uint32_t exc_return)
{
    struct board_crash *crash = board_crash_begin();

    if (exception >= FIRST_INTERRUPT)
        board_crash_name_interrupt(crash, exception - FIRST_INTERRUPT);
    else
        (void)strncpy(crash->kind, kind(exception), sizeof crash->kind - 1);
    for (int i = 0; i < FRAME_WORDS; i++)
        crash->registers[i] = frame[i];
    for (int i = 0; i < KEPT_WORDS; i++)
        crash->registers[FRAME_WORDS + i] = kept[i];
    crash->stack_at = stack_before(frame, exc_return);
    crash->registers[16] = crash->stack_at;
    crash->registers[17] = exception;
    crash->register_count = REGISTERS - STATUS_WORDS;
    if (__ARM_ARCH_ISA_THUMB >= 2) { /* ARMv6-M does not say why */
        crash->registers[18] = SCB_CFSR;
        crash->registers[19] = SCB_HFSR;
        crash->registers[20] = SCB_BFAR;
        crash->register_count = REGISTERS;
    }
    board_crash_end();
}

/* The other registers go on the main stack, where the record is made from them. */
__attribute__((naked)) void board_fault(void)
{
    __asm volatile("cpsid i               \n"
                   "mov   r3, lr          \n"
                   "movs  r2, #4          \n"
                   "mrs   r0, msp         \n"
                   "tst   r3, r2          \n"
                   "beq   1f              \n"
                   "mrs   r0, psp         \n"
                   "1:                    \n"
                   "mrs   r2, ipsr        \n"
                   "push  {r4-r7}         \n"
                   "mov   r4, r8          \n"
                   "mov   r5, r9          \n"
                   "mov   r6, r10         \n"
                   "mov   r7, r11         \n"
                   "push  {r4-r7}         \n"
                   "mov   r1, sp          \n"
                   "ldr   r4, =board_fault_report \n"
                   "bx    r4              \n"
                   ".ltorg                \n");
}
