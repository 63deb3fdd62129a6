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

enum rtos_kind { RTOS_KIND_QUEUE, RTOS_KIND_SEMAPHORE, RTOS_KIND_MUTEX };

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

static inline struct rtos_semaphore *rtos_as_semaphore(struct rtos_object *object)
{
    return RTOS_CONTAINER(object, struct rtos_semaphore, object);
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

/* Tells whoever waits that one more can be taken: a set the object belongs to, or its receivers. */
#if configUSE_QUEUE_SETS == 1
void rtos_set_announce(struct rtos_object *object);

static inline bool rtos_is_in_set(const struct rtos_object *object)
{
    return object->set != NULL;
}

static inline void rtos_object_announce(struct rtos_object *object)
{
    if (rtos_is_in_set(object))
        rtos_set_announce(object);
    else
        rtos_wake_one(&object->receivers);
}
#else
static inline bool rtos_is_in_set(const struct rtos_object *object)
{
    (void)object;
    return false;
}

static inline void rtos_object_announce(struct rtos_object *object)
{
    rtos_wake_one(&object->receivers);
}
#endif

/* Puts an item in, oldest last or first; false when there is no room. */
bool rtos_queue_push(struct rtos_queue *queue, const void *item, BaseType_t position);
bool rtos_queue_pop(struct rtos_queue *queue, void *item);

/* Gives; false at the limit, or when the mutex is not the caller's. */
bool rtos_semaphore_count_up(struct rtos_semaphore *semaphore);
bool rtos_mutex_give(struct rtos_mutex *mutex);

/* Whether a task does right to give: only its holder gives a mutex that is taken. */
static inline bool rtos_may_give(const struct rtos_object *object)
{
    return !rtos_is_mutex(object) || object->count != 0 || !rtos_kernel.running ||
           RTOS_CONTAINER(object, const struct rtos_mutex, object)->holder == pxCurrentTCB;
}

/* The most that can be taken from an object. */
UBaseType_t rtos_object_limit(const struct rtos_object *object);
