/* SPDX-License-Identifier: MIT */
/*
 * The switch for hosts whose CPU has no file of its own: slower, since swapcontext calls the host's
 * kernel, and without a known program counter, so that in real time a task is preempted only when
 * it calls the kernel.
 */
#include "fiber.h"

#ifdef LINNET_SIM_UCONTEXT

#include <ucontext.h>

struct frame {
    struct sim_fiber *fiber;
    ucontext_t context;
};

void sim_switch(void **save, void *load, struct sim_fiber *from)
{
    struct frame frame = {.fiber = from};
    struct frame *next = load;

    *save = &frame;
    swapcontext(&frame.context, &next->context);
}

void *sim_frame_prepare(void *top, struct sim_fiber *fiber, void (*entry)(void))
{
    struct frame *frame = (struct frame *)(((uintptr_t)top - sizeof *frame) / 64 * 64);

    frame->fiber = fiber;
    getcontext(&frame->context);
    frame->context.uc_stack.ss_sp = (char *)frame - 64; /* only its end is used */
    frame->context.uc_stack.ss_size = 64;
    frame->context.uc_link = NULL;
    makecontext(&frame->context, entry, 0);
    return frame;
}

uintptr_t sim_interrupted_pc(const void *context)
{
    (void)context;
    return 0;
}

#endif
