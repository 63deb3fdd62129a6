/* SPDX-License-Identifier: MIT */
/* The end of a run that went wrong below C: from what vectors.S has recorded to a crash record. */
#include <board_start.h>
#include <stdbool.h>
#include <string.h>

enum exception { UNDEFINED = 1, PREFETCH_ABORT = 3, DATA_ABORT = 4 };
enum { GENERAL = 13, REGISTERS = 21 };

/* vectors.S knows the places of the members. */
struct board_fault {
    uint32_t r[GENERAL];
    uint32_t link, status, exception;
    uint32_t sp, lr;
};
struct board_fault board_fault;

_Noreturn void board_fault_report(const struct board_fault *fault);

const char *const board_crash_register_names[] = {
    "pc", "lr", "sp",  "r0",  "r1",  "r2",  "r3",  "r4",   "r5",   "r6",   "r7",
    "r8", "r9", "r10", "r11", "r12", "psr", "exc", "dfsr", "dfar", "ifsr", NULL};

static const char *kind(uint32_t exception)
{
    switch (exception) {
    case UNDEFINED:
        return "undefined instruction";
    case PREFETCH_ABORT:
        return "prefetch abort";
    case DATA_ABORT:
        return "data abort";
    default:
        return "unknown exception";
    }
}

/* The link register is past the instruction, by as much as the exception and the state say. */
static uint32_t faulting_instruction(const struct board_fault *fault)
{
    const bool thumb = fault->status / 32u % 2u == 1;

    if (fault->exception == DATA_ABORT)
        return fault->link - 8;
    return fault->link - (fault->exception == UNDEFINED && thumb ? 2 : 4);
}

_Noreturn void board_fault_report(const struct board_fault *fault)
{
    struct board_crash *crash = board_crash_begin();
    uint32_t data_status, data_address, instruction_status;

    __asm volatile("mrc p15, 0, %0, c5, c0, 0" : "=r"(data_status));
    __asm volatile("mrc p15, 0, %0, c6, c0, 0" : "=r"(data_address));
    __asm volatile("mrc p15, 0, %0, c5, c0, 1" : "=r"(instruction_status));
    (void)strncpy(crash->kind, kind(fault->exception), sizeof crash->kind - 1);
    crash->registers[0] = faulting_instruction(fault);
    crash->registers[1] = fault->lr;
    crash->registers[2] = fault->sp;
    for (int i = 0; i < GENERAL; i++)
        crash->registers[3 + i] = fault->r[i];
    crash->registers[16] = fault->status;
    crash->registers[17] = fault->exception;
    crash->registers[18] = data_status;
    crash->registers[19] = data_address;
    crash->registers[20] = instruction_status;
    crash->register_count = REGISTERS;
    crash->stack_at = fault->sp;
    board_crash_end();
}
