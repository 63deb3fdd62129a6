/* SPDX-License-Identifier: MIT */
#pragma once

struct task {
    int priority, state;
};

struct queue {
    int count;
};

struct list {
    struct task *first;
};

struct timer {
    int expiry;
};

struct semaphore {
    int count;
};

struct mutex {
    int holder;
};

struct kernel {
    int port, locked;
};

struct deadline {
    int ticks;
};

struct wait_list {
    struct list tasks;
};

struct event_group {
    int bits;
};

struct stream_buffer {
    int head, tail;
};

typedef struct task task_t;
typedef struct queue queue_t;
typedef struct list list_t;
typedef struct timer timer_handle;

extern struct kernel kernel;
extern struct list ready_list, delayed;
extern int port, tick, held, current;

void lock(void);
void unlock(void);
int wait_on(struct queue *queue, int deadline);
void wake_one(struct list *list);
int ready(struct task *task);
struct task *pop(struct list *list);
void push(struct list *list, struct task *task);
int yield(void);
int heap(int deadline, int semaphore, int mutex);
