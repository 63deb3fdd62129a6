/* SPDX-License-Identifier: MIT */
/*
 * What the files behind the queue handle share. A handle points at a struct rtos_object, whose type
 * says which object it begins: a queue or set, a semaphore, a mutex. Everything is under the lock.
 */
#pragma once

#include "kernel.h"
#include "queue.h"
#include "wait.h"

static inline struct rtos_object *rtos_object_of(QueueHandle_t handle)
{
    return &handle->object;
}

/* A deleted object has kind 0, and memory that never was one hardly any of these. */
enum rtos_kind { RTOS_KIND_QUEUE = 0x5a, RTOS_KIND_SEMAPHORE, RTOS_KIND_MUTEX };

static inline bool rtos_object_exists(const struct rtos_object *object)
{
    return object->kind >= RTOS_KIND_QUEUE && object->kind <= RTOS_KIND_MUTEX;
}

static inline bool rtos_is_queue(const struct rtos_object *object)
{
    return object->kind == RTOS_KIND_QUEUE;
}

static inline bool rtos_is_semaphore(const struct rtos_object *object)
{
    return object->kind == RTOS_KIND_SEMAPHORE;
}

static inline bool rtos_is_mutex(const struct rtos_object *object)
{
    return object->kind == RTOS_KIND_MUTEX;
}

static inline struct rtos_mutex *rtos_as_mutex(struct rtos_object *object)
{
    return RTOS_CONTAINER(object, struct rtos_mutex, object);
}

static inline struct rtos_queue *rtos_as_queue(struct rtos_object *object)
{
    return RTOS_CONTAINER(object, struct rtos_queue, object);
}

/* The handle that the API knows an object by. */
static inline QueueHandle_t rtos_handle_of(struct rtos_object *object)
{
    return RTOS_CONTAINER(object, struct rtos_queue, object);
}

/* Tells whoever waits that one more can be taken: a set the object belongs to, or its receivers. True
 * if a task should run now. */
#if configUSE_QUEUE_SETS == 1
bool rtos_set_announce(struct rtos_object *object);

static inline bool rtos_is_in_set(const struct rtos_object *object)
{
    return object->set != NULL;
}

static inline bool rtos_object_announce(struct rtos_object *object)
{
    return rtos_is_in_set(object) ? rtos_set_announce(object) : rtos_wake_one(&object->receivers);
}
#else
static inline bool rtos_is_in_set(const struct rtos_object *object)
{
    (void)object;
    return false;
}

static inline bool rtos_object_announce(struct rtos_object *object)
{
    return rtos_wake_one(&object->receivers);
}
#endif

/* The place that follows, if it is not behind the last. */
static inline uint8_t *rtos_queue_wrapped(const struct rtos_queue *queue, uint8_t *place)
{
    return place == queue->end ? queue->storage : place;
}

/* Chooses how items are copied, for a queue that was made, or went into a set or out of one. Under the
 * lock. */
void rtos_queue_choose_copy(struct rtos_queue *queue);

/* Puts an item in, oldest last or first, or takes the oldest out; false when there is no room, or no
 * item. *woken is set if a task should run now, and left alone if none became ready. Under the lock,
 * which was taken by `state`, and opens while a long item is copied. */
bool rtos_queue_push(struct rtos_queue *queue, const void *item, BaseType_t position, bool *woken,
                     UBaseType_t state);
bool rtos_queue_pop(struct rtos_queue *queue, void *item, bool *woken, UBaseType_t state);

/* Gives a semaphore; false at the limit. *woken as above. Under the lock. */
bool rtos_semaphore_count_up(struct rtos_object *semaphore, bool *woken);

/* Takes a semaphore; false at 0. Under the lock. */
static inline bool rtos_semaphore_count_down(struct rtos_object *semaphore)
{
    UBaseType_t count = semaphore->count;

    if (count == 0)
        return false;
    semaphore->count = count - 1;
    return true;
}

/* What taking and giving mean for a mutex. From tasks. */
BaseType_t rtos_mutex_take(QueueHandle_t handle, TickType_t ticks);
BaseType_t rtos_mutex_give(QueueHandle_t handle);

static inline bool rtos_is_taken(const struct rtos_object *mutex)
{
    return RTOS_CONTAINER(mutex, const struct rtos_mutex, object)->taken;
}

/* Whether a task does right to give: only its holder gives a mutex that is taken. */
static inline bool rtos_may_give(const struct rtos_object *object)
{
    return !rtos_is_mutex(object) || !rtos_is_taken(object) || !rtos_kernel.running ||
           RTOS_CONTAINER(object, const struct rtos_mutex, object)->holder == pxCurrentTCB;
}

/* How much can be taken from an object, and the most that ever can. */
UBaseType_t rtos_object_count(const struct rtos_object *object);
UBaseType_t rtos_object_limit(const struct rtos_object *object);
