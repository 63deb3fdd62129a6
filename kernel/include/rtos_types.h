/* SPDX-License-Identifier: MIT */
/*
 * The kernel's objects. They are visible so that applications can allocate them statically (as
 * StaticTask_t, StaticQueue_t …) and debuggers can show them; they are private by convention: only
 * the kernel touches a member. Sizes matter here: every task and every queue pays for them.
 */
#pragma once

#include "portable.h"

typedef BaseType_t (*TaskHookFunction_t)(void *parameter);

/* Whether the kernel keeps a list of all tasks: for the queries that look at every task. */
#define RTOS_KEEPS_ALL_TASKS (configUSE_TRACE_FACILITY == 1 || INCLUDE_xTaskGetHandle == 1)

/* A place in a priority queue (kernel/src/pqueue.h). */
struct rtos_pnode {
    struct rtos_pnode *parent, *left, *right;
    TickType_t key;
    uint32_t order; /* of arrival among equal keys, times 256; plus the rank */
};

struct rtos_pqueue {
    struct rtos_pnode *first;
};

/* Tasks that wait for one thing, a ring, by priority, then by arrival. */
struct rtos_wait_list {
    struct rtos_task *first;
};

/* A place in a ring. */
struct rtos_ring {
    struct rtos_ring *next, *previous;
};

struct rtos_mutex;
struct rtos_event_waiter;

struct rtos_task {
    volatile StackType_t *top_of_stack; /* the port's: must stay the first member */
    struct rtos_task *next, *previous;  /* in the ring of ready tasks, or in that of waiting_on */
    uint8_t priority;                   /* with what was inherited */
    uint8_t base_priority;
    uint8_t state;                     /* enum rtos_task_state */
    uint8_t flags;                     /* enum rtos_task_flag */
    struct rtos_wait_list *waiting_on; /* while it waits */
    TickType_t ticks_left;             /* of the wait when it began; 0: it was aborted */
    TickType_t wake;                   /* when the wait ends */
    struct rtos_pnode delay;           /* in the queue of sleepers while `queued` */
#if configUSE_TASK_NOTIFICATIONS == 1
    volatile uint32_t notify_value[configTASK_NOTIFICATION_ARRAY_ENTRIES];
    volatile uint8_t notified[configTASK_NOTIFICATION_ARRAY_ENTRIES]; /* came, and was not seen */
#endif
    uint8_t queued; /* has a place in the queue of sleepers, though it may not sleep any more */
    struct rtos_mutex *held; /* mutexes taken, latest first */
#if configUSE_EVENT_GROUPS == 1
    struct rtos_event_waiter *awaited; /* while it waits for an event group */
#endif
    StackType_t *stack; /* its lowest word */
#if portSTACK_GROWTH > 0 || configRECORD_STACK_HIGH_ADDRESS == 1
    StackType_t *stack_end;
#endif
    char name[configMAX_TASK_NAME_LEN];
#if RTOS_KEEPS_ALL_TASKS
    struct rtos_ring all; /* every task, in order of creation */
    UBaseType_t number;
#endif
#if configUSE_APPLICATION_TASK_TAG == 1
    TaskHookFunction_t tag;
#endif
#if configNUM_THREAD_LOCAL_STORAGE_POINTERS > 0
    void *local_storage[configNUM_THREAD_LOCAL_STORAGE_POINTERS];
#endif
#if configGENERATE_RUN_TIME_STATS == 1
    configRUN_TIME_COUNTER_TYPE run_time;
#endif
#if configUSE_C_RUNTIME_TLS_SUPPORT == 1
    configTLS_BLOCK_TYPE tls;
#endif
#if configUSE_POSIX_ERRNO == 1
    int posix_errno;
#endif
#ifdef portTASK_MEMBERS
    portTASK_MEMBERS
#endif
};

/* What queues, semaphores, mutexes and queue sets share, so that one handle type serves for all. A
 * semaphore has nothing more. In the others count and limit are 0, so that what is done to a semaphore
 * at once, without asking what it is, cannot be done to them. */
struct rtos_object {
    volatile UBaseType_t count; /* what a semaphore can give */
    UBaseType_t limit;
    struct rtos_wait_list receivers; /* tasks that wait to take */
#if configUSE_QUEUE_SETS == 1
    struct rtos_queue *set; /* the set it is a member of */
#endif
    uint8_t type; /* queueQUEUE_TYPE_… */
    uint8_t kind; /* enum rtos_kind, which follows from the type */
    uint8_t is_static;
    uint8_t words; /* of a queue's item, if it is copied at once and by words; or 0 */
#if configUSE_TRACE_FACILITY == 1
    UBaseType_t number;
#endif
};

struct rtos_mutex {
    struct rtos_object object;
    struct rtos_task *holder;
    struct rtos_mutex *next_held,
        *previous_held; /* the ones that the holder took before and after */
    UBaseType_t recursion;
    uint8_t taken;
};

struct rtos_queue {
    struct rtos_object object;
    struct rtos_wait_list senders;
    UBaseType_t count;  /* items */
    UBaseType_t length; /* items that fit */
    UBaseType_t item_size;
    uint8_t *read;    /* the oldest item */
    uint8_t *write;   /* the place for the next */
    uint8_t *storage; /* the first place */
    uint8_t *end;     /* behind the last place */
    uint32_t changes; /* how often something was done to a long item */
    uint8_t is_known; /* whoever waits was told of the item that comes: it replaces one */
#if configUSE_CO_ROUTINES == 1
    struct rtos_pqueue co_senders, co_receivers;
#endif
};

/* A semaphore or a mutex, whichever is made in it. */
union rtos_semaphore_or_mutex {
    struct rtos_object object;
    struct rtos_mutex mutex;
};

struct rtos_event_group {
    struct rtos_wait_list waiters;
    volatile TickType_t bits;
    uint8_t is_static;
    uint8_t alive;
#if configUSE_TRACE_FACILITY == 1
    UBaseType_t number;
#endif
};

struct rtos_timer {
    struct rtos_pnode expiry; /* in the queue of active timers while `active`; key: the tick */
    TickType_t period;
    void (*callback)(struct rtos_timer *timer);
    void *id;
    const char *name;
    volatile uint8_t active;
    volatile uint8_t auto_reload;
    uint8_t is_static;
    uint8_t alive;
#if configUSE_TRACE_FACILITY == 1
    UBaseType_t number;
#endif
};

/* A ring of bytes of which one stays free, so that equal positions mean empty. */
struct rtos_stream_buffer {
    struct rtos_wait_list reader, writer; /* one task at most in each */
    volatile size_t head;                 /* where the writer writes next */
    volatile size_t tail;                 /* where the reader reads next */
    size_t size;                          /* of the storage */
    size_t trigger;
    uint8_t *storage;
    uint8_t type; /* sbTYPE_… */
    uint8_t is_static;
    uint8_t alive;
#if configUSE_SB_COMPLETED_CALLBACK == 1
    void (*sent)(struct rtos_stream_buffer *, BaseType_t, BaseType_t *);
    void (*received)(struct rtos_stream_buffer *, BaseType_t, BaseType_t *);
#endif
    UBaseType_t notification_index;
#if configUSE_TRACE_FACILITY == 1
    UBaseType_t number;
#endif
};

typedef struct rtos_task StaticTask_t;
typedef struct rtos_queue StaticQueue_t;
typedef union rtos_semaphore_or_mutex StaticSemaphore_t;
typedef struct rtos_event_group StaticEventGroup_t;
typedef struct rtos_timer StaticTimer_t;
typedef struct rtos_stream_buffer StaticStreamBuffer_t;
typedef struct rtos_stream_buffer StaticMessageBuffer_t;
