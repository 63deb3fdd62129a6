/* SPDX-License-Identifier: MIT */
/* Binary and counting semaphores: a count and a limit. */
#include "create.h"
#include "inherit.h"
#include "wait.h"

#include <string.h>

bool rtos_semaphore_give(struct rtos_semaphore *semaphore)
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
    semaphore->object.count = initial;
    semaphore->limit = limit;
    return rtos_handle_of(&semaphore->object);
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

BaseType_t xQueueSemaphoreTake(QueueHandle_t semaphore, TickType_t ticks_to_wait)
{
    struct rtos_deadline deadline = rtos_deadline_in(ticks_to_wait);
    bool taken;

    configASSERT(semaphore != NULL);
    RTOS_ASSERT_MAY_WAIT(ticks_to_wait);
    if (rtos_is_queue(&semaphore->object))
        return xQueueReceive(semaphore, NULL, ticks_to_wait);
    UBaseType_t state = rtos_lock();
    while (!(taken = try_take(&semaphore->object))) {
        traceBLOCKING_ON_QUEUE_RECEIVE(semaphore);
        if (rtos_is_mutex(&semaphore->object))
            pxCurrentTCB->flags |= RTOS_TASK_WAITS_MUTEX;
        if (!rtos_wait_on(&semaphore->object.receivers, &deadline, &state))
            break;
    }
    pxCurrentTCB->flags &= (uint8_t)~RTOS_TASK_WAITS_MUTEX;
    if (taken) {
        traceQUEUE_RECEIVE(semaphore);
    } else {
        traceQUEUE_RECEIVE_FAILED(semaphore);
    }
    rtos_unlock_and_switch(state);
    return taken ? pdPASS : pdFAIL;
}

BaseType_t xQueueGiveFromISR(QueueHandle_t semaphore, BaseType_t *const switch_needed)
{
    return xQueueGenericSendFromISR(semaphore, NULL, switch_needed, queueSEND_TO_BACK);
}
