/* SPDX-License-Identifier: MIT */
/*
 * The end of a run that went wrong below C: a fault, or an interrupt that nobody handles. The CPU has
 * put r0-r3, r12, lr, pc and xPSR on the stack that was in use, which EXC_RETURN tells.
 */
#include "fault.h"

#include "semihosting.h"

#include <FreeRTOS.h>
#include <task.h>

#include <stdio.h>

#define SCB_CFSR   (*(volatile uint32_t *)0xe000ed28u)
#define SCB_HFSR   (*(volatile uint32_t *)0xe000ed2cu)
#define SCB_BFAR   (*(volatile uint32_t *)0xe000ed38u)
#define EXIT_FAULT 70

enum { FRAME_WORDS = 8, LINE_SIZE = 160 };

void board_fault_report(const uint32_t *frame, uint32_t exception);

/* No buffers and no heap: nothing of the C library's state is trusted here. */
static void print_line(const char *line, int size)
{
    (void)semihosting_write(2, line, size < LINE_SIZE ? (size_t)size : LINE_SIZE - 1);
}

static const char *kind(uint32_t exception)
{
    static const char *const names[] = {
        [2] = "NMI",       [3] = "hard fault",  [4] = "memory fault",
        [5] = "bus fault", [6] = "usage fault", [12] = "debug monitor"};

    if (exception >= 16)
        return "interrupt without a handler";
    if (exception < sizeof names / sizeof names[0] && names[exception] != NULL)
        return names[exception];
    return "unknown exception";
}

__attribute__((used)) void board_fault_report(const uint32_t *frame, uint32_t exception)
{
    static const char *const names[FRAME_WORDS] = {"r0",  "r1", "r2", "r3",
                                                   "r12", "lr", "pc", "psr"};
    TaskHandle_t task = xTaskGetCurrentTaskHandle();
    char line[LINE_SIZE];

    print_line(line,
               snprintf(line, sizeof line, "%s (exception %u) in task '%s'\n", kind(exception),
                        (unsigned)exception, task != NULL ? pcTaskGetName(task) : "(none)"));
    for (int i = 0; i < FRAME_WORDS; i++)
        print_line(line, snprintf(line, sizeof line, "%4s %08x%s", names[i], (unsigned)frame[i],
                                  i % 4 == 3 ? "\n" : ""));
    print_line(line, snprintf(line, sizeof line, "  sp %08x cfsr %08x hfsr %08x bfar %08x\n",
                              (unsigned)(uintptr_t)(frame + FRAME_WORDS), (unsigned)SCB_CFSR,
                              (unsigned)SCB_HFSR, (unsigned)SCB_BFAR));
    semihosting_exit(EXIT_FAULT);
}

__attribute__((naked)) void board_fault(void)
{
    __asm volatile("tst   lr, #4          \n"
                   "ite   eq              \n"
                   "mrseq r0, msp         \n"
                   "mrsne r0, psp         \n"
                   "mrs   r1, ipsr        \n"
                   "b     board_fault_report \n");
}
