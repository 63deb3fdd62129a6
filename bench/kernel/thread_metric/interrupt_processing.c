/* SPDX-License-Identifier: MIT */
/* Interrupt processing: a thread causes an interrupt, whose handler puts a semaphore that the thread
 * then gets. Nothing is switched. */
#include "tm.h"

static volatile unsigned long counter;
static volatile unsigned long handled;

static void handler(void)
{
    handled++;
    tm_semaphore_put_from_interrupt();
}

static void thread(void)
{
    tm_semaphore_get();
    for (;;) {
        tm_cause_interrupt();
        if (!tm_semaphore_get())
            return;
        counter++;
    }
}

static void start(void)
{
    tm_semaphore_create();
    tm_interrupt_create(handler);
    tm_thread_create(0, 10, thread);
    tm_thread_resume(0);
}

static unsigned long count(void)
{
    return counter;
}

const struct tm_test tm_interrupt_processing = {"interrupt_processing", start, count};
