/* SPDX-License-Identifier: MIT */
/*
 * Mutexes: a semaphore with a holder, who inherits the priority of whoever waits (inherit.h), and
 * in the recursive kind a count of how often it was taken. When nobody waits, nobody's priority
 * depends on the mutex, and taking and giving it is a few words under the lock.
 */
#include "create.h"
#include "inherit.h"
#include "wait.h"

#include <string.h>

QueueHandle_t rtos_mutex_make(struct rtos_mutex *mutex, uint8_t type)
{
    memset(mutex, 0, sizeof *mutex);
    mutex->object.type = type;
    mutex->object.kind = RTOS_KIND_MUTEX;
    traceCREATE_MUTEX(mutex);
    return rtos_handle_of(&mutex->object);
}

/* Before the scheduler starts there is no task that could hold it. Opens the lock. */
static void hold(struct rtos_mutex *mutex, UBaseType_t state)
{
    struct rtos_task *self = pxCurrentTCB;
    bool somebody_waits = !rtos_nobody_waits(&mutex->object.receivers);

    mutex->taken = true;
    if (rtos_kernel.running)
        rtos_mutex_hold(mutex, self);
    rtos_unlock_and_update(state, somebody_waits ? self : NULL);
}

BaseType_t rtos_mutex_take(QueueHandle_t handle, TickType_t ticks)
{
    struct rtos_mutex *mutex = rtos_as_mutex(&handle->object);
    UBaseType_t state = rtos_lock();

    while (mutex->taken && ticks != 0) {
        traceBLOCKING_ON_QUEUE_RECEIVE(handle);
        ticks = rtos_wait_for_mutex(mutex, ticks, state);
    }
    if (mutex->taken) {
        traceQUEUE_RECEIVE_FAILED(handle);
        rtos_unlock(state);
        return pdFAIL;
    }
    traceQUEUE_RECEIVE(handle);
    hold(mutex, state);
    return pdPASS;
}

/* Tells who waits for a mutex that was let go; true if somebody did. Under the lock. */
static bool announce(struct rtos_mutex *mutex)
{
    struct rtos_task *first = rtos_first_waiter(&mutex->object.receivers);

    if (rtos_is_in_set(&mutex->object)) {
        (void)rtos_object_announce(&mutex->object);
    } else if (first != NULL) {
        (void)rtos_stop_waiting(first);
        (void)rtos_make_ready(first);
    }
    return first != NULL;
}

BaseType_t rtos_mutex_give(QueueHandle_t handle)
{
    struct rtos_mutex *mutex = rtos_as_mutex(&handle->object);
    struct rtos_task *self = pxCurrentTCB;
    UBaseType_t state = rtos_lock();

    if (!mutex->taken || (rtos_kernel.running && mutex->holder != self)) {
        traceQUEUE_SEND_FAILED(handle);
        rtos_unlock(state);
        return pdFAIL;
    }
    traceQUEUE_SEND(handle);
    mutex->taken = false;
    rtos_mutex_let_go(mutex);
    rtos_unlock_and_update(state, announce(mutex) ? self : NULL);
    return pdPASS;
}

BaseType_t xQueueTakeMutexRecursive(QueueHandle_t handle, TickType_t ticks_to_wait)
{
    RTOS_ASSERT_IN_TASK();
    RTOS_ASSERT_QUEUE_EXISTS(handle);
    configASSERT(rtos_is_mutex(&handle->object));
    struct rtos_mutex *mutex = rtos_as_mutex(&handle->object);
    BaseType_t taken = pdPASS;

    traceTAKE_MUTEX_RECURSIVE(mutex);
    if (mutex->holder != pxCurrentTCB) /* only this task can make it so, or end it */
        taken = xQueueSemaphoreTake(handle, ticks_to_wait);
    if (taken == pdPASS)
        mutex->recursion++;
    else {
        traceTAKE_MUTEX_RECURSIVE_FAILED(mutex);
    }
    return taken;
}

BaseType_t xQueueGiveMutexRecursive(QueueHandle_t handle)
{
    RTOS_ASSERT_IN_TASK();
    RTOS_ASSERT_QUEUE_EXISTS(handle);
    configASSERT(rtos_is_mutex(&handle->object));
    struct rtos_mutex *mutex = rtos_as_mutex(&handle->object);

    if (mutex->holder != pxCurrentTCB || mutex->recursion == 0) {
        traceGIVE_MUTEX_RECURSIVE_FAILED(mutex);
        return pdFAIL;
    }
    traceGIVE_MUTEX_RECURSIVE(mutex);
    mutex->recursion--;
    if (mutex->recursion == 0)
        (void)rtos_mutex_give(handle);
    return pdPASS;
}

TaskHandle_t xQueueGetMutexHolder(QueueHandle_t mutex)
{
    RTOS_ASSERT_QUEUE_EXISTS(mutex);
    return rtos_is_mutex(&mutex->object) ? rtos_as_mutex(&mutex->object)->holder : NULL;
}

TaskHandle_t xQueueGetMutexHolderFromISR(QueueHandle_t mutex)
{
    return xQueueGetMutexHolder(mutex);
}
