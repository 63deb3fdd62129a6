/* SPDX-License-Identifier: MIT */
/* Memory allocation: a thread allocates 128 bytes and gives them back. */
#include "tm.h"

static volatile unsigned long counter;

static void thread(void)
{
    for (;;) {
        void *block = tm_memory_allocate();

        if (block == NULL)
            return;
        tm_memory_deallocate(block);
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

const struct tm_test tm_memory = {"memory", start, count};
