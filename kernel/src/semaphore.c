/* SPDX-License-Identifier: MIT */
/*
 * Binary and counting semaphores: a count and a limit. Where the CPU has exclusive access, giving and
 * taking change the count without the lock as long as nobody waits; whatever comes in between makes
 * the store fail, and the lock decides.
 */
#include "create.h"
#include "inherit.h"
#include "wait.h"

#include <string.h>

bool rtos_semaphore_count_up(struct rtos_semaphore *semaphore)
{
    if (semaphore->object.count == semaphore->limit)
        return false;
    semaphore->object.count++;
    rtos_object_announce(&semaphore->object);
    return true;
}

QueueHandle_t rtos_semaphore_make(struct rtos_semaphore *semaphore, uint8_t type, UBaseType_t limit,
                                  UBaseType_t initial)
{
    memset(semaphore, 0, sizeof *semaphore);
    semaphore->object.type = type;
    semaphore->object.alive = RTOS_ALIVE;
    semaphore->object.kind = RTOS_KIND_SEMAPHORE;
    semaphore->object.count = initial;
    semaphore->limit = limit;
    return rtos_handle_of(&semaphore->object);
}

static inline bool take_at_once(struct rtos_object *object)
{
    if (!portHAS_EXCLUSIVE || !rtos_is_semaphore(object))
        return false;
    UBaseType_t count = portLOAD_EXCLUSIVE(&object->count);
    return count > 0 && portSTORE_EXCLUSIVE(&object->count, count - 1);
}

static inline bool give_at_once(struct rtos_object *object)
{
    if (!portHAS_EXCLUSIVE || !rtos_is_semaphore(object))
        return false;
    UBaseType_t count = portLOAD_EXCLUSIVE(&object->count);
    return count < rtos_as_semaphore(object)->limit && rtos_nobody_waits(&object->receivers) &&
           !rtos_is_in_set(object) && portSTORE_EXCLUSIVE(&object->count, count + 1);
}

/* Takes a semaphore or a mutex; false when that is not possible now. */
static bool try_take(struct rtos_object *object)
{
    if (object->count == 0)
        return false;
    object->count--;
    if (rtos_is_mutex(object) && rtos_kernel.running)
        rtos_mutex_hold(rtos_as_mutex(object), pxCurrentTCB);
    return true;
}

RTOS_SLOW static BaseType_t take(QueueHandle_t semaphore, TickType_t ticks_to_wait)
{
    struct rtos_deadline deadline = rtos_deadline_in(ticks_to_wait);
    UBaseType_t state = rtos_lock();
    bool taken;

    while (!(taken = try_take(&semaphore->object))) {
        RTOS_TRACE_WAIT(&deadline, traceBLOCKING_ON_QUEUE_RECEIVE(semaphore));
        if (rtos_is_mutex(&semaphore->object))
            pxCurrentTCB->flags |= RTOS_TASK_WAITS_MUTEX;
        if (!rtos_wait_on(&semaphore->object.receivers, &deadline, &state)) {
            pxCurrentTCB->flags &= (uint8_t)~RTOS_TASK_WAITS_MUTEX;
            break;
        }
    }
    if (taken) {
        traceQUEUE_RECEIVE(semaphore);
    } else {
        traceQUEUE_RECEIVE_FAILED(semaphore);
    }
    rtos_unlock_and_switch(state);
    return taken ? pdPASS : pdFAIL;
}

BaseType_t xQueueSemaphoreTake(QueueHandle_t semaphore, TickType_t ticks_to_wait)
{
    RTOS_ASSERT_QUEUE_EXISTS(semaphore);
    RTOS_ASSERT_MAY_WAIT(ticks_to_wait);
    if (take_at_once(&semaphore->object)) {
        traceQUEUE_RECEIVE(semaphore);
        return pdPASS;
    }
    if (rtos_is_queue(&semaphore->object))
        return xQueueReceive(semaphore, NULL, ticks_to_wait);
    return take(semaphore, ticks_to_wait);
}

RTOS_SLOW static BaseType_t give(struct rtos_object *object)
{
    UBaseType_t state = rtos_lock();
    bool given = rtos_is_mutex(object) ? rtos_mutex_give(rtos_as_mutex(object))
                                       : rtos_semaphore_count_up(rtos_as_semaphore(object));

    if (given) {
        traceQUEUE_SEND(rtos_handle_of(object));
    } else {
        traceQUEUE_SEND_FAILED(rtos_handle_of(object));
    }
    rtos_unlock(state);
    return given ? pdPASS : pdFAIL;
}

BaseType_t rtos_semaphore_give(QueueHandle_t semaphore)
{
    RTOS_ASSERT_IN_TASK();
    RTOS_ASSERT_QUEUE_EXISTS(semaphore);
    if (give_at_once(&semaphore->object)) {
        traceQUEUE_SEND(semaphore);
        return pdPASS;
    }
    if (rtos_is_queue(&semaphore->object)) /* one of items without size */
        return xQueueGenericSend(semaphore, NULL, 0, queueSEND_TO_BACK);
    configASSERT(rtos_may_give(&semaphore->object));
    return give(&semaphore->object);
}

BaseType_t xQueueGiveFromISR(QueueHandle_t semaphore, BaseType_t *const switch_needed)
{
    RTOS_ASSERT_QUEUE_EXISTS(semaphore);
    RTOS_ASSERT_IN_ISR();
    if (give_at_once(&semaphore->object)) {
        traceQUEUE_SEND_FROM_ISR(semaphore);
        return pdPASS;
    }
    return xQueueGenericSendFromISR(semaphore, NULL, switch_needed, queueSEND_TO_BACK);
}
