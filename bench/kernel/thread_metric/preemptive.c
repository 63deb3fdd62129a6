/* SPDX-License-Identifier: MIT */
/*
 * Preemptive scheduling: five threads of rising priority. The lowest resumes the next, which runs at
 * once and resumes the one above it, up to the highest; then each counts and suspends itself, back
 * down to the lowest, which counts and begins again: four resumes, four suspends, eight switches
 * for five counts.
 */
#include "tm.h"

enum { THREADS = 5 };

static volatile unsigned long counters[THREADS];

static void lowest(void)
{
    for (;;) {
        tm_thread_resume(1);
        counters[0]++;
    }
}

#define MIDDLE(n)                                                                                  \
    static void thread_##n(void)                                                                   \
    {                                                                                              \
        for (;;) {                                                                                 \
            tm_thread_resume((n) + 1);                                                             \
            counters[n]++;                                                                         \
            tm_thread_suspend(n);                                                                  \
        }                                                                                          \
    }
MIDDLE(1)
MIDDLE(2)
MIDDLE(3)

static void highest(void)
{
    for (;;) {
        counters[4]++;
        tm_thread_suspend(4);
    }
}

static void start(void)
{
    static void (*const entries[THREADS])(void) = {lowest, thread_1, thread_2, thread_3, highest};

    for (int i = 0; i < THREADS; i++)
        tm_thread_create(i, 10 - i, entries[i]);
    tm_thread_resume(0);
}

static unsigned long count(void)
{
    unsigned long sum = 0;

    for (int i = 0; i < THREADS; i++)
        sum += counters[i];
    return sum;
}

const struct tm_test tm_preemptive = {"preemptive", start, count};
