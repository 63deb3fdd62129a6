/* SPDX-License-Identifier: MIT */
/*
 * A fiber is a stack with a suspended computation on it: each task is one, and main is one.
 *
 * The descriptor of a task's fiber lies at the upper end of the task's own stack, and the frame
 * that sim_switch leaves begins with a pointer to it; so the saved stack pointer, the only thing
 * that the kernel keeps, leads to the rest.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

/* The portable switch: on request, or where the CPU has no file of its own. */
#if !defined(LINNET_SIM_UCONTEXT) && !defined(__x86_64__) && !defined(__aarch64__)
#define LINNET_SIM_UCONTEXT
#endif

struct sim_fiber {
    void *stack_low;
    size_t stack_size;
    void *fake_stack; /* the sanitizer's */
    uint64_t number;  /* by order of creation */
    void (*code)(void *parameter);
    void *parameter;
    void *kernel_stack; /* a place in the kernel's stack when the fiber runs on another; or NULL */
    char *strtok_rest;
};

/* The CPU's part (switch_*.S, switch_ucontext.c): suspends `from`, storing its stack pointer in
 * *save, and continues the computation whose stack pointer is `load`. */
void sim_switch(void **save, void *load, struct sim_fiber *from);

/* The CPU's part: a frame below `top` from which sim_switch enters `entry`; returns the stack
 * pointer to load. `entry` must not return. */
void *sim_frame_prepare(void *top, struct sim_fiber *fiber, void (*entry)(void));

/* The CPU's part: where the signal whose third argument is `context` interrupted the program; 0
 * where that is not known. */
uintptr_t sim_interrupted_pc(const void *context);

/* The fiber whose saved stack pointer is `sp`. */
static inline struct sim_fiber *sim_fiber_at(const void *sp)
{
    return *(struct sim_fiber *const *)sp;
}

/* Puts a descriptor at the end of a stack. */
struct sim_fiber *sim_fiber_place(void *high);

/* Makes the stack from `low` up to the descriptor ready to run `entry`, which does not return.
 * Returns the stack pointer to give to sim_fiber_switch. */
void *sim_fiber_start(struct sim_fiber *fiber, void *low, void (*entry)(void));

/* The address sanitizer must not see the marks of dead frames when the stack is used again. */
void sim_fiber_forget(const struct sim_fiber *fiber);

/* The running fiber; main's until the first switch. */
struct sim_fiber *sim_fiber_current(void);

/* Suspends the running fiber, storing its stack pointer in *save, and continues at `load`. errno
 * belongs to the fiber. */
void sim_fiber_switch(void **save, void *load);

/* First call on a new fiber's stack. */
void sim_fiber_entered(void);
