/* SPDX-License-Identifier: MIT */
/*
 * Mutexes: a semaphore with a holder, who inherits the priority of whoever waits (inherit.h), and
 * in the recursive kind a count of how often it was taken.
 */
#include "create.h"
#include "inherit.h"
#include "wait.h"

#include <string.h>

bool rtos_mutex_give(struct rtos_mutex *mutex)
{
    if (mutex->object.count != 0)
        return false;
    if (rtos_kernel.running && mutex->holder != pxCurrentTCB)
        return false;
    mutex->object.count = 1;
    rtos_object_announce(&mutex->object);
    rtos_mutex_let_go(mutex);
    return true;
}

QueueHandle_t rtos_mutex_make(struct rtos_mutex *mutex, uint8_t type)
{
    memset(mutex, 0, sizeof *mutex);
    mutex->object.type = type;
    mutex->object.alive = RTOS_ALIVE;
    mutex->object.kind = RTOS_KIND_MUTEX;
    mutex->object.count = 1;
    traceCREATE_MUTEX(mutex);
    return rtos_handle_of(&mutex->object);
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
        (void)xQueueGenericSend(handle, NULL, 0, queueSEND_TO_BACK);
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
