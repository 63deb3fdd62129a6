/* SPDX-License-Identifier: MIT */
/* Interrupt preemption: a thread causes an interrupt, whose handler resumes a thread of higher
 * priority; that one counts and suspends itself. Two switches. */
#include "tm.h"

static volatile unsigned long counters[2];
static volatile unsigned long handled;

static void handler(void)
{
    handled++;
    tm_thread_resume_from_interrupt(0);
}

static void higher(void)
{
    for (;;) {
        counters[0]++;
        tm_thread_suspend(0);
    }
}

static void lower(void)
{
    for (;;) {
        tm_cause_interrupt();
        counters[1]++;
    }
}

static void start(void)
{
    tm_interrupt_create(handler);
    tm_thread_create(0, 3, higher);
    tm_thread_create(1, 10, lower);
    tm_thread_resume(1);
}

static unsigned long count(void)
{
    return counters[0];
}

const struct tm_test tm_interrupt_preemption = {"interrupt_preemption", start, count};
