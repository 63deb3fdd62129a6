/* SPDX-License-Identifier: MIT */
/* Message processing: a thread sends 16 bytes to a queue, receives them and compares. */
#include "tm.h"

static volatile unsigned long counter;

static void thread(void)
{
    static unsigned long sent[4] = {0x11223344, 0x55667788, 0x99aabbcc, 0};
    static unsigned long received[4];

    for (;;) {
        if (!tm_queue_send(sent) || !tm_queue_receive(received) || received[3] != sent[3])
            return;
        sent[3]++;
        counter++;
    }
}

static void start(void)
{
    tm_queue_create();
    tm_thread_create(0, 10, thread);
    tm_thread_resume(0);
}

static unsigned long count(void)
{
    return counter;
}

const struct tm_test tm_message = {"message", start, count};
