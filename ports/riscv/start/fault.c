/* SPDX-License-Identifier: MIT */
/* The end of a run that went wrong below C: an exception that nobody handles. */
#include "fault.h"

#include "../src/switch.h"

#include <FreeRTOS.h>

#include <board_start.h>
#include <string.h>

const char *const board_crash_register_names[] = {
    "pc", "lr", "sp", "gp", "tp", "t0", "t1", "t2", "s0",  "s1",   "a0",    "a1",
    "a2", "a3", "a4", "a5", "a6", "a7", "s2", "s3", "exc", "addr", "mstat", NULL};

enum { GENERAL = 20, REGISTERS = 23 };

static const char *kind(uint32_t cause)
{
    static const char *const names[] = {
        [0] = "instruction misaligned",  [1] = "instruction access fault",
        [2] = "illegal instruction",     [3] = "breakpoint",
        [4] = "load misaligned",         [5] = "load access fault",
        [6] = "store misaligned",        [7] = "store access fault",
        [8] = "call from user mode",     [11] = "call from machine mode",
        [12] = "instruction page fault", [13] = "load page fault",
        [15] = "store page fault"};

    if (cause < sizeof names / sizeof names[0] && names[cause] != NULL)
        return names[cause];
    return "unknown exception";
}

static void report(UBaseType_t cause)
{
    struct board_crash *crash = board_crash_begin();
    const struct rtos_port_exception *cpu = &rtos_port_exception;

    (void)strncpy(crash->kind, kind(cause), sizeof crash->kind - 1);
    crash->registers[0] = cpu->pc;
    for (int i = 1; i < GENERAL; i++)
        crash->registers[i] = cpu->x[i];
    crash->registers[GENERAL] = cause;
    crash->registers[GENERAL + 1] = cpu->value;
    crash->registers[GENERAL + 2] = cpu->status;
    crash->register_count = REGISTERS;
    crash->stack_at = cpu->x[2];
    board_crash_end();
}

void board_faults_start(void)
{
    rtos_port_unhandled = report;
}
