/* SPDX-License-Identifier: MIT */
/*
 * The state of the kernel and the two ways to guard it.
 *
 * The lock (rtos_lock) masks every interrupt that may call the kernel. Under it change the states of
 * tasks, the ready rings, the wait lists and the objects, in tasks as in interrupts. Each section
 * under it takes constant time: it walks nothing.
 *
 * Holding the scheduler (rtos_hold; vTaskSuspendAll to the application) keeps the running task running
 * and the clock still: no other task runs, and ticks are only counted. Whatever takes longer is done
 * so, with interrupts open: it belongs to whoever holds the scheduler, or to the tick interrupt while
 * nobody does. That is the queue of sleepers, and who holds and who lends priority to whom.
 *
 * Who makes a task ready that should run now asks the port for a switch (rtos_switch_soon), which it
 * makes when the lock opens or the interrupt ends. A switch that comes while the scheduler is held is
 * noted in switch_due and made when it is let go.
 */
#pragma once

#include "port.h"

#include "pqueue.h"

#include <stdbool.h>

/* Deleted is 0, so that memory that was cleared is not taken for a task. */
enum rtos_task_state {
    RTOS_TASK_DELETED,
    RTOS_TASK_READY,
    RTOS_TASK_SUSPENDED,
    RTOS_TASK_WAITS,               /* in the list `waiting_on`; from here on all are blocked */
    RTOS_TASK_SLEEPS,              /* for nothing but time */
    RTOS_TASK_AWAITS_NOTIFICATION, /* plus the index of the notification */
};

enum rtos_task_flag {
    RTOS_TASK_WAITS_MUTEX = 1u << 0, /* waiting_on belongs to a mutex: its holder inherits */
    RTOS_TASK_STATIC_TCB = 1u << 1,  /* the memory is the application's */
    RTOS_TASK_STATIC_STACK = 1u << 2,
};

#define RTOS_READY_WORDS ((configMAX_PRIORITIES + 31) / 32)

struct rtos_kernel {
    struct rtos_task *ready[configMAX_PRIORITIES]; /* rings: the next to run, if not empty */
    uint32_t ready_bits[RTOS_READY_WORDS];         /* which rings are not empty */
    struct rtos_task *volatile current;            /* the running task */
    volatile UBaseType_t held;                     /* depth of vTaskSuspendAll */
    struct rtos_pqueue delayed;
    volatile TickType_t tick;
    TickType_t expired;                /* every sleeper up to this tick was woken */
    volatile TickType_t pending_ticks; /* came while the scheduler was held */
    volatile bool switch_due;          /* was asked for while the scheduler was held */
    bool running;
    struct rtos_task *deleted; /* a ring of tasks whose memory the idle task frees */
    UBaseType_t task_count;
#if RTOS_KEEPS_ALL_TASKS
    struct rtos_ring *all; /* every task, in order of creation */
    UBaseType_t last_number;
#endif
    TaskHandle_t idle_task;
};

extern struct rtos_kernel rtos_kernel;

/* The name that applications' trace macros know it by. */
#define pxCurrentTCB (rtos_kernel.current)

static inline UBaseType_t rtos_lock(void)
{
    return portSET_INTERRUPT_MASK_FROM_ISR();
}

static inline void rtos_unlock(UBaseType_t state)
{
    portCLEAR_INTERRUPT_MASK_FROM_ISR(state);
}

/* Ends an interrupt's call: tells through *switch_needed, if it is not NULL, that a task became ready
 * that should run now. */
static inline void rtos_unlock_from_isr(UBaseType_t state, bool woken, BaseType_t *switch_needed)
{
    rtos_unlock(state);
    if (woken && switch_needed != NULL)
        *switch_needed = pdTRUE;
}

/* Only the running task changes the depth, and no other runs while it is not 0: no lock is needed. */
static inline void rtos_hold(void)
{
    rtos_kernel.held++;
    portMEMORY_BARRIER();
}

/* Makes up for the ticks that came while the scheduler was held, and for a switch. pdTRUE if that was
 * made. */
BaseType_t rtos_catch_up(void);

/* Lets the scheduler go, which is held `depth` times; pdTRUE if another task ran. */
inline BaseType_t rtos_release_from(UBaseType_t depth)
{
    portMEMORY_BARRIER();
    rtos_kernel.held = depth - 1;
    if (depth != 1 || (rtos_kernel.pending_ticks == 0 && !rtos_kernel.switch_due))
        return pdFALSE;
    return rtos_catch_up();
}

inline void rtos_release(void)
{
    (void)rtos_release_from(rtos_kernel.held);
}

static inline bool rtos_is_blocked(const struct rtos_task *task)
{
    return task->state >= RTOS_TASK_WAITS;
}

static inline struct rtos_task *rtos_task_or_self(TaskHandle_t task)
{
    return task != NULL ? task : pxCurrentTCB;
}

/* What only makes a common case faster is left out where the compiler is asked for small code. */
#ifdef __OPTIMIZE_SIZE__
#define RTOS_FAST 0
#else
#define RTOS_FAST 1
#endif

/* The slow part of a function, kept apart so that the fast part needs no stack frame. */
#define RTOS_SLOW __attribute__((noinline))

/* The structure that a member lies in. */
#define RTOS_CONTAINER(pointer, type, member)                                                      \
    ((type *)(void *)((uint8_t *)(pointer)-offsetof(type, member)))

#include "misuse.h"
