/* SPDX-License-Identifier: MIT */
/* The end of a run that went wrong below C: an exception, or an interrupt that nobody handles. */
#include "fault.h"

#include <board_start.h>
#include <string.h>

enum { REGISTERS = 21 };

const char *const board_crash_register_names[REGISTERS + 1] = {
    "pc", "ps",  "sar", "lr",  "a2",  "a3",  "a4",  "a5",    "a6",    "a7", "a8",
    "a9", "a10", "a11", "a12", "a13", "a14", "a15", "cause", "vaddr", "sp", NULL};

_Static_assert(sizeof(XtExcFrame) / sizeof(uint32_t) == REGISTERS - 1, "the frame, and sp");

/* By EXCCAUSE (Xtensa ISA Reference Manual, 4.4.1.5). */
static const char *kind(uint32_t cause)
{
    static const char *const names[] = {[0] = "illegal instruction",
                                        [1] = "system call",
                                        [2] = "bad instruction fetch",
                                        [3] = "bad load or store",
                                        [6] = "division by zero",
                                        [8] = "privileged instruction",
                                        [9] = "unaligned load or store",
                                        [12] = "bus error of a fetch",
                                        [13] = "bus error of a load or store",
                                        [14] = "bus error of a fetch",
                                        [15] = "bus error of a load or store",
                                        [20] = "instruction prohibited",
                                        [28] = "load prohibited",
                                        [29] = "store prohibited",
                                        [XT_CAUSE_DOUBLE] = "double exception",
                                        [XT_CAUSE_DEBUG] = "breakpoint"};

    if (cause < sizeof names / sizeof names[0] && names[cause] != NULL)
        return names[cause];
    return "exception";
}

static void keep(struct board_crash *crash, const XtExcFrame *frame)
{
    const uint32_t *words = (const uint32_t *)frame;

    (void)strncpy(crash->kind, kind(frame->exccause), sizeof crash->kind - 1);
    for (int i = 0; i < REGISTERS - 1; i++)
        crash->registers[i] = words[i];
    crash->stack_at = (uintptr_t)(frame + 1);
    crash->registers[REGISTERS - 1] = crash->stack_at;
    crash->register_count = REGISTERS;
}

void board_fault(XtExcFrame *frame)
{
    struct board_crash *crash = board_crash_begin();

    if (frame->exccause == XT_CAUSE_UNHANDLED)
        board_crash_name_interrupt(crash, frame->excvaddr);
    else
        keep(crash, frame);
    board_crash_end();
}
