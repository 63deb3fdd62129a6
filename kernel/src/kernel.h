/* SPDX-License-Identifier: MIT */
/*
 * The state of the kernel and the one lock around it.
 *
 * Everything here changes only between rtos_lock and rtos_unlock, in tasks as in interrupts: the
 * lock masks every interrupt that may call the kernel. Sections under it are short. Holding the
 * scheduler (vTaskSuspendAll) only keeps the running task running: ready rings, delays and wait
 * lists go on changing.
 *
 * Who makes a task ready that should run now asks the port for a switch (rtos_switch_soon), which it
 * makes when the lock opens or the interrupt ends. switch_due stays set until then, for the answers
 * that functions for interrupts give; while the scheduler is held it also waits for its end.
 */
#pragma once

#include "port.h"

#include "pqueue.h"

#include <stdbool.h>

/* Deleted is 0, so that memory that was cleared is not taken for a task. */
enum rtos_task_state { RTOS_TASK_DELETED, RTOS_TASK_READY, RTOS_TASK_BLOCKED, RTOS_TASK_SUSPENDED };

enum rtos_task_flag {
    RTOS_TASK_DELAYED = 1u << 0,     /* in the delay queue */
    RTOS_TASK_ABORTED = 1u << 1,     /* woken by xTaskAbortDelay */
    RTOS_TASK_WAITS_MUTEX = 1u << 2, /* waiting_on belongs to a mutex: its holder inherits */
    RTOS_TASK_STATIC_TCB = 1u << 3,  /* the memory is the application's */
    RTOS_TASK_STATIC_STACK = 1u << 4,
    RTOS_TASK_WAITS_EVENT = 1u << 5, /* waiting_on is that of a struct rtos_event_waiter */
};

#define RTOS_READY_WORDS ((configMAX_PRIORITIES + 31) / 32)

struct rtos_kernel {
    struct rtos_ring *ready[configMAX_PRIORITIES]; /* each points at the next to run, or is NULL */
    uint32_t ready_bits[RTOS_READY_WORDS];         /* which rings are not empty */
    struct rtos_pqueue delayed;
    volatile TickType_t tick;
    TickType_t expired;                /* every sleeper up to this tick was woken */
    volatile TickType_t pending_ticks; /* came while the scheduler was held */
    volatile UBaseType_t held;         /* depth of vTaskSuspendAll */
    volatile bool switch_due;
    bool running;
    struct rtos_ring *deleted; /* tasks whose memory the idle task frees */
    UBaseType_t task_count;
#if RTOS_KEEPS_ALL_TASKS
    struct rtos_ring *all;
    UBaseType_t last_number;
#endif
    TaskHandle_t idle_task;
};

extern struct rtos_kernel rtos_kernel;

static inline UBaseType_t rtos_lock(void)
{
    return portSET_INTERRUPT_MASK_FROM_ISR();
}

static inline void rtos_unlock(UBaseType_t state)
{
    portCLEAR_INTERRUPT_MASK_FROM_ISR(state);
}

/* Ends a call of a task that may have made a switch due: it is made here. */
static inline void rtos_unlock_and_switch(UBaseType_t state)
{
    rtos_unlock(state);
}

/* Ends an interrupt's call: tells through *switch_needed, if it is not NULL, that a switch is due.
 */
static inline void rtos_unlock_from_isr(UBaseType_t state, BaseType_t *switch_needed)
{
    if (rtos_kernel.switch_due && switch_needed != NULL)
        *switch_needed = pdTRUE;
    rtos_unlock(state);
}

static inline struct rtos_task *rtos_task_or_self(TaskHandle_t task)
{
    return task != NULL ? task : pxCurrentTCB;
}

/* The slow part of a function, kept apart so that the fast part needs no stack frame. */
#define RTOS_SLOW __attribute__((noinline))

/* The structure that a member lies in. */
#define RTOS_CONTAINER(pointer, type, member)                                                      \
    ((type *)(void *)((uint8_t *)(pointer)-offsetof(type, member)))

#include "misuse.h"
