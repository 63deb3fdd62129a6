/* SPDX-License-Identifier: MIT */
/*
 * Thread-Metric: the services that the eight tests are written in, and the tests. The tests follow
 * the published description of the suite; the services are a thin layer of real calls, compiled in
 * a unit of its own, as in the measurements of the peers.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

/* Priorities are 1 (highest) to 31; a thread is made suspended. */
void tm_thread_create(int thread, int priority, void (*entry)(void));
void tm_thread_resume(int thread);
void tm_thread_resume_from_interrupt(int thread);
void tm_thread_suspend(int thread);
void tm_thread_relinquish(void);

/* What a service returns is the kernel's own status: 0 when it failed. */

/* A queue holds ten messages of 16 bytes. */
void tm_queue_create(void);
long tm_queue_send(const unsigned long *message);
long tm_queue_receive(unsigned long *message);

/* A semaphore that is free. */
void tm_semaphore_create(void);
long tm_semaphore_get(void);
long tm_semaphore_put(void);
void tm_semaphore_put_from_interrupt(void);

/* Blocks of 128 bytes. */
void *tm_memory_allocate(void);
void tm_memory_deallocate(void *block);

void tm_interrupt_create(void (*handler)(void));
void tm_cause_interrupt(void);

/* A test: made and started by `start`; `count` says how many operations were counted so far. */
struct tm_test {
    const char *row;
    void (*start)(void);
    unsigned long (*count)(void);
};

extern const struct tm_test tm_basic, tm_cooperative, tm_preemptive, tm_interrupt_processing,
    tm_interrupt_preemption, tm_message, tm_synchronization, tm_memory;
