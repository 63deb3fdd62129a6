/* SPDX-License-Identifier: MIT */
/* Basic processing: one thread computes over an array; the scale by which suites on different
 * machines are compared. No row of its own. */
#include "tm.h"

enum { WORDS = 1024 };

static volatile unsigned long counter;
static volatile unsigned long array[WORDS];

static void thread(void)
{
    for (;;) {
        for (size_t i = 0; i < WORDS; i++)
            array[i] = (array[i] + counter) ^ array[i];
        counter++;
    }
}

static void start(void)
{
    tm_thread_create(0, 10, thread);
    tm_thread_resume(0);
}

static unsigned long count(void)
{
    return counter;
}

const struct tm_test tm_basic = {"basic", start, count};
