/* SPDX-License-Identifier: MIT */
/*
 * The frames that switch_x86_64.S and switch_aarch64.S save and load, for a fiber that has not run
 * yet, and the place in a signal's context where each CPU keeps the program counter.
 */
#define _GNU_SOURCE /* REG_RIP */
#include "fiber.h"

#ifndef LINNET_SIM_UCONTEXT

#include <string.h>
#include <ucontext.h>

#if defined(__x86_64__)

struct sim_frame {
    struct sim_fiber *fiber;
    uint32_t mxcsr;
    uint16_t x87_control;
    uint16_t unused;
    uint64_t registers[6];
    void (*return_address)(void);
    uint64_t no_caller; /* where the ABI wants a return address on entry */
};

static void frame_state(struct sim_frame *frame)
{
    __asm volatile("stmxcsr %0\n\tfnstcw %1" : "=m"(frame->mxcsr), "=m"(frame->x87_control));
}

uintptr_t sim_interrupted_pc(const void *context)
{
    const ucontext_t *state = context;
    return (uintptr_t)state->uc_mcontext.gregs[REG_RIP];
}

#elif defined(__aarch64__)

struct sim_frame {
    struct sim_fiber *fiber;
    uint64_t fpcr;
    uint64_t vectors[8];
    uint64_t registers[11]; /* x19 … x29 */
    void (*return_address)(void);
};

static void frame_state(struct sim_frame *frame)
{
    __asm volatile("mrs %0, fpcr" : "=r"(frame->fpcr));
}

uintptr_t sim_interrupted_pc(const void *context)
{
    const ucontext_t *state = context;
    return (uintptr_t)state->uc_mcontext.pc;
}

#endif

_Static_assert(sizeof(struct sim_frame) % 16 == 0, "the stack is aligned to 16 bytes at a call");

void *sim_frame_prepare(void *top, struct sim_fiber *fiber, void (*entry)(void))
{
    struct sim_frame *frame = (struct sim_frame *)((uintptr_t)top / 16 * 16) - 1;

    memset(frame, 0, sizeof *frame);
    frame->fiber = fiber;
    frame->return_address = entry;
    frame_state(frame);
    return frame;
}

#endif
