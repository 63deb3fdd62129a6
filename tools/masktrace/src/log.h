/* SPDX-License-Identifier: MIT */
/*
 * QEMU's log of `-singlestep -d exec,nochain`, one line an instruction, read as a stream: logs are
 * as long as the run. With `cpu` the registers before the instruction follow its line.
 *
 * An instruction that QEMU had to begin again for the sake of its clock (an access to a device under
 * -icount) has two lines one after the other; it is given once.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

/* Whose log it is, by what it says of the state. */
enum step_kind { STEP_PLAIN, STEP_CORTEX_M, STEP_CORTEX_A, STEP_RISCV };

struct step {
    enum step_kind kind;
    uint32_t address;
    uint32_t registers[16]; /* of the log with `cpu` only, as is; Arm's */
    uint32_t exception;     /* Cortex-M: the one it belongs to; 0: a thread */
    uint32_t status;        /* Cortex-A: CPSR; RISC-V: mstatus */
    uint32_t vector;        /* RISC-V: mtvec */
};

struct log {
    FILE *stream;
    bool ahead;       /* `next` was read */
    struct step next; /* the instruction that the last line began */
    uint64_t rewinds; /* lines that were left out */
};

void log_begin(struct log *log, FILE *stream);

/* The next instruction; false at the end of the log. */
bool log_step(struct log *log, struct step *step);

/* Reads a line of the log: true with the address if an instruction begins there. */
bool log_parse_step(const char *line, uint32_t *address);

/* Takes the registers out of a line like `R04=00000064 R05=…`. */
void log_parse_registers(const char *line, uint32_t *registers);

/* Takes the exception's number out of a line like `XPSR=4100000f -Z-- T handler`. */
void log_parse_status(const char *line, uint32_t *exception);

/* Takes the state out of any other line that has some: `PSR=400001d3 -Z-- A svc32`,
 * ` mstatus  00001888`, ` mtvec    80000100`. */
void log_parse_state(const char *line, struct step *step);
