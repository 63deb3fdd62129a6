/* SPDX-License-Identifier: MIT */
/*
 * Binary and counting semaphores: a count and a limit. Where the CPU has exclusive access, giving and
 * taking change the count without the lock as long as nobody waits; whatever comes in between makes
 * the store fail, and the lock decides.
 *
 * Whatever has a queue handle is taken and given here; queues and mutexes are passed on.
 */
#include "create.h"
#include "wait.h"

#include <string.h>

QueueHandle_t rtos_semaphore_make(struct rtos_object *semaphore, uint8_t type, UBaseType_t limit,
                                  UBaseType_t initial)
{
    memset(semaphore, 0, sizeof *semaphore);
    semaphore->type = type;
    semaphore->kind = RTOS_KIND_SEMAPHORE;
    semaphore->count = initial;
    semaphore->limit = limit;
    return rtos_handle_of(semaphore);
}

QueueHandle_t rtos_semaphore_create_here(StaticSemaphore_t *memory, UBaseType_t limit,
                                         UBaseType_t initial)
{
    configASSERT(memory != NULL && limit > 0 && initial <= limit);
    QueueHandle_t handle = rtos_semaphore_make(&memory->object, queueQUEUE_TYPE_COUNTING_SEMAPHORE,
                                               limit, initial);
    handle->object.is_static = 1; /* never freed */
    return handle;
}

static inline bool take_at_once(struct rtos_object *object)
{
    if (!portHAS_EXCLUSIVE)
        return false;
    UBaseType_t count = portLOAD_EXCLUSIVE(&object->count);
    return count > 0 && portSTORE_EXCLUSIVE(&object->count, count - 1);
}

static inline bool give_at_once(struct rtos_object *object)
{
    if (!portHAS_EXCLUSIVE)
        return false;
    UBaseType_t count = portLOAD_EXCLUSIVE(&object->count);
    return count < object->limit && rtos_nobody_waits(&object->receivers) &&
           !rtos_is_in_set(object) && portSTORE_EXCLUSIVE(&object->count, count + 1);
}

RTOS_SLOW static BaseType_t take(QueueHandle_t semaphore, TickType_t ticks)
{
    UBaseType_t state = rtos_lock();
    bool taken;

    while (!(taken = rtos_semaphore_count_down(&semaphore->object)) && ticks != 0) {
        traceBLOCKING_ON_QUEUE_RECEIVE(semaphore);
        ticks = rtos_wait_on(&semaphore->object.receivers, ticks, state);
    }
    if (taken) {
        traceQUEUE_RECEIVE(semaphore);
    } else {
        traceQUEUE_RECEIVE_FAILED(semaphore);
    }
    rtos_unlock(state);
    return taken ? pdPASS : pdFAIL;
}

BaseType_t xQueueSemaphoreTake(QueueHandle_t semaphore, TickType_t ticks_to_wait)
{
    configASSERT(semaphore != NULL);
    RTOS_ASSERT_IN_TASK();
    if (take_at_once(&semaphore->object)) {
        traceQUEUE_RECEIVE(semaphore);
        return pdPASS;
    }
    RTOS_ASSERT_MAY_WAIT(ticks_to_wait);
    if (rtos_is_semaphore(&semaphore->object))
        return take(semaphore, ticks_to_wait);
    RTOS_ASSERT_QUEUE_EXISTS(semaphore);
    if (rtos_is_mutex(&semaphore->object))
        return rtos_mutex_take(semaphore, ticks_to_wait);
    return xQueueReceive(semaphore, NULL, ticks_to_wait);
}

bool rtos_semaphore_count_up(struct rtos_object *semaphore, bool *woken)
{
    UBaseType_t count = semaphore->count;

    if (count == semaphore->limit)
        return false;
    semaphore->count = count + 1;
    *woken = rtos_object_announce(semaphore);
    return true;
}

RTOS_SLOW static BaseType_t give(QueueHandle_t semaphore)
{
    bool woken;
    UBaseType_t state = rtos_lock();
    bool given = rtos_semaphore_count_up(&semaphore->object, &woken);

    if (given) {
        traceQUEUE_SEND(semaphore);
    } else {
        traceQUEUE_SEND_FAILED(semaphore);
    }
    rtos_unlock(state);
    return given ? pdPASS : pdFAIL;
}

BaseType_t rtos_semaphore_give(QueueHandle_t semaphore)
{
    configASSERT(semaphore != NULL);
    RTOS_ASSERT_IN_TASK();
    if (give_at_once(&semaphore->object)) {
        traceQUEUE_SEND(semaphore);
        return pdPASS;
    }
    if (rtos_is_semaphore(&semaphore->object))
        return give(semaphore);
    RTOS_ASSERT_QUEUE_EXISTS(semaphore);
    if (rtos_is_queue(&semaphore->object)) /* one of items without size */
        return xQueueGenericSend(semaphore, NULL, 0, queueSEND_TO_BACK);
    configASSERT(rtos_may_give(&semaphore->object));
    return rtos_mutex_give(semaphore);
}

BaseType_t xQueueGiveFromISR(QueueHandle_t semaphore, BaseType_t *const switch_needed)
{
    configASSERT(semaphore != NULL);
    RTOS_ASSERT_IN_ISR();
    if (give_at_once(&semaphore->object)) {
        traceQUEUE_SEND_FROM_ISR(semaphore);
        return pdPASS;
    }
    RTOS_ASSERT_QUEUE_EXISTS(semaphore);
    return xQueueGenericSendFromISR(semaphore, NULL, switch_needed, queueSEND_TO_BACK);
}
