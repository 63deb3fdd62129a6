/* SPDX-License-Identifier: MIT */
/*
 * The simulated CPU: what the port's files share.
 *
 * One host thread. `masked` is the CPU's interrupt mask. Interrupt code runs with `masked` and
 * `in_interrupt` set, and never nests. A task switch
 * happens in one place, cpu_open in port.c, with interrupts masked, so the critical nesting of a
 * task that is not running is always 0. In real time the only asynchronous code is the timer's
 * signal handler, and it touches nothing but `attention` while `masked` is set.
 */
#pragma once

#include "sim.h"

#include <signal.h>
#include <stdint.h>

struct sim_cpu {
    volatile sig_atomic_t masked;
    volatile sig_atomic_t attention; /* an interrupt may be due: look before going on unmasked */
    bool in_interrupt;
    bool running; /* the scheduler was started */
    bool real_time;
    bool switch_due;
    unsigned critical_nesting;
    uint64_t hooks;
    uint64_t trace_hash;
    void *main_stack; /* main's saved stack pointer while the scheduler runs */
};

extern struct sim_cpu sim_cpu;

/* --- port.c -------------------------------------------------------------------------------- */

/* Opens interrupts: takes what is due, then a switch if one is due. Masked, from a task. */
void sim_cpu_open(void);
void sim_cpu_open_in_signal(void); /* from the handler of the tick's signal */

/* Takes one tick as an interrupt. Masked. */
void sim_cpu_tick(void);

/* After an idle time of at most `asleep` ticks during which `passed` were due: all but the last of
 * them are told to the kernel at once and added to *ticks; the last is a tick as usual. Masked. */
void sim_skip_ticks(uint64_t passed, uint64_t asleep, uint64_t *ticks);

/* Ends the process with a message. */
_Noreturn void sim_fatal(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* --- interrupt_stack.c ------------------------------------------------------------------------ */

/* Runs `handler` as an interrupt. Masked. */
void sim_cpu_interrupt(sim_handler *handler, void *argument);

/* --- interrupts.c: simulated interrupts that were asked for ---------------------------------- */

/* Runs all that are due at this time and hook, in the order of their times. Masked. */
void sim_interrupts_run(uint64_t now, uint64_t hook);

/* The time of the earliest one that waits for a time; UINT64_MAX: none. */
uint64_t sim_interrupts_next(void);

/* --- devices.c ------------------------------------------------------------------------------- */

bool sim_devices_present(void);

/* Polls the devices' descriptors for at most `timeout_us` and serves the devices. Masked. Without
 * devices it only sleeps. Returns early on a signal. */
void sim_devices_poll(uint64_t timeout_us);

/* --- virtual.c and realtime.c: the two clocks ------------------------------------------------ */

/* The time in microseconds at which tick number `tick` is due. */
uint64_t sim_tick_time(uint64_t tick);

/* How many ticks are due up to a time. */
uint64_t sim_ticks_at(uint64_t time);

void sim_virtual_start(void);
uint64_t sim_virtual_now(void);
void sim_virtual_hook(void);
void sim_virtual_idle(uint64_t ticks_asleep); /* waits for at most so many ticks */

void sim_real_start(void);
void sim_real_stop(void);
uint64_t sim_real_now(void);
void sim_real_service(void); /* takes what is due, because of `attention` */
void sim_real_idle(uint64_t ticks_asleep);

/* Whether the tick's signal waits. Masked. */
void sim_real_hold_signal(bool held);
