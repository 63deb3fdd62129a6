/* SPDX-License-Identifier: MIT */
/* Cooperative scheduling: five threads of one priority count and relinquish, round and round. */
#include "tm.h"

enum { THREADS = 5 };

static volatile unsigned long counters[THREADS];

#define THREAD(n)                                                                                  \
    static void thread_##n(void)                                                                   \
    {                                                                                              \
        for (;;) {                                                                                 \
            tm_thread_relinquish();                                                                \
            counters[n]++;                                                                         \
        }                                                                                          \
    }
THREAD(0)
THREAD(1)
THREAD(2)
THREAD(3)
THREAD(4)

static void start(void)
{
    static void (*const entries[THREADS])(void) = {thread_0, thread_1, thread_2, thread_3,
                                                   thread_4};

    for (int i = 0; i < THREADS; i++)
        tm_thread_create(i, 3, entries[i]);
    for (int i = 0; i < THREADS; i++)
        tm_thread_resume(i);
}

static unsigned long count(void)
{
    unsigned long sum = 0;

    for (int i = 0; i < THREADS; i++)
        sum += counters[i];
    return sum;
}

const struct tm_test tm_cooperative = {"cooperative", start, count};
