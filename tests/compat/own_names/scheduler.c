/* SPDX-License-Identifier: MIT */
/* External symbols with the names that a kernel would like to have for itself. */
#include "own.h"

#include <stddef.h>

struct kernel kernel = {.port = 1};
struct list ready_list, delayed;
int port = 2, tick = 3, held = 4, current = 5;
struct task *idle_task, *tasks[4];

void lock(void)
{
    kernel.locked++;
}

void unlock(void)
{
    kernel.locked--;
}

int wait_on(struct queue *queue, int deadline)
{
    lock();
    int count = queue->count + deadline;
    unlock();
    return count;
}

void wake_one(struct list *list)
{
    if (list->first != NULL)
        list->first = NULL;
}

int ready(struct task *task)
{
    return task->priority;
}

struct task *pop(struct list *list)
{
    struct task *first = list->first;
    list->first = NULL;
    return first;
}

void push(struct list *list, struct task *task)
{
    list->first = task;
}

int yield(void)
{
    return port + tick + held + current;
}

int heap(int deadline, int semaphore, int mutex)
{
    return deadline + semaphore + mutex;
}
