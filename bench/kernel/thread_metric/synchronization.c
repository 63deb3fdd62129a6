/* SPDX-License-Identifier: MIT */
/* Synchronization processing: a thread gets and puts a semaphore that nobody else wants. */
#include "tm.h"

static volatile unsigned long counter;

static void thread(void)
{
    for (;;) {
        if (!tm_semaphore_get() || !tm_semaphore_put())
            return;
        counter++;
    }
}

static void start(void)
{
    tm_semaphore_create();
    tm_thread_create(0, 10, thread);
    tm_thread_resume(0);
}

static unsigned long count(void)
{
    return counter;
}

const struct tm_test tm_synchronization = {"synchronization", start, count};
