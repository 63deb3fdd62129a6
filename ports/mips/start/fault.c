/* SPDX-License-Identifier: MIT */
/* The end of a run that went wrong below C: an exception, or an interrupt that nobody handles. */
#include "fault.h"

#include <board_start.h>
#include <mips_core.h>
#include <string.h>

enum { REGISTERS = 24 };

const char *const board_crash_register_names[REGISTERS + 1] = {
    "pc", "status", "cause", "vaddr", "hi", "lo", "at", "v0", "v1", "a0", "a1", "a2", "a3",
    "t0", "t1",     "t2",    "t3",    "t8", "t9", "s0", "s1", "fp", "lr", "sp", NULL};

/* By Cause.ExcCode (MIPS32 Privileged Resource Architecture, 9.30). */
static const char *kind(const struct mips_exception_frame *frame)
{
    static const char *const names[32] = {[1] = "TLB modification",
                                          [2] = "bad load or fetch",
                                          [3] = "bad store",
                                          [4] = "unaligned load or fetch",
                                          [5] = "unaligned store",
                                          [6] = "bus error of a fetch",
                                          [7] = "bus error of a load or store",
                                          [8] = "system call",
                                          [9] = "breakpoint",
                                          [10] = "reserved instruction",
                                          [11] = "coprocessor unusable",
                                          [12] = "overflow",
                                          [13] = "trap"};
    const char *name = names[CAUSE_CODE(frame->cause)];

    return name != NULL ? name : "exception";
}

/* A record has no room for all: what is left out are t4 to t7, s2 to s7 and gp. */
static void keep(struct board_crash *crash, const struct mips_exception_frame *frame)
{
    const uint32_t kept[] = {frame->epc, frame->status, frame->cause, frame->badvaddr, frame->hi,
                             frame->lo,  frame->at,     frame->v0,    frame->v1,       frame->a0,
                             frame->a1,  frame->a2,     frame->a3,    frame->t0,       frame->t1,
                             frame->t2,  frame->t3,     frame->t8,    frame->t9,       frame->s0,
                             frame->s1,  frame->fp,     frame->ra};

    _Static_assert(sizeof kept / sizeof kept[0] == REGISTERS - 1, "the names, but for sp");
    (void)strncpy(crash->kind, kind(frame), sizeof crash->kind - 1);
    for (int i = 0; i < REGISTERS - 1; i++)
        crash->registers[i] = kept[i];
    crash->stack_at = (uintptr_t)(frame + 1);
    crash->registers[REGISTERS - 1] = crash->stack_at;
    crash->register_count = REGISTERS;
}

void board_fault(struct mips_exception_frame *frame)
{
    struct board_crash *crash = board_crash_begin();

    if (CAUSE_CODE(frame->cause) == 0)
        board_crash_name_interrupt(crash, frame->badvaddr);
    else
        keep(crash, frame);
    board_crash_end();
}
