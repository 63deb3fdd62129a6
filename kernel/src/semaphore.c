/* SPDX-License-Identifier: MIT */
/* Binary and counting semaphores: a count and a limit. */
#include "object.h"

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

static void initialise(struct rtos_semaphore *semaphore, uint8_t type, UBaseType_t limit,
                       UBaseType_t initial)
{
    memset(semaphore, 0, sizeof *semaphore);
    semaphore->object.type = type;
    semaphore->object.count = initial;
    semaphore->limit = limit;
}

#if configSUPPORT_DYNAMIC_ALLOCATION == 1
static QueueHandle_t create(uint8_t type, UBaseType_t limit, UBaseType_t initial)
{
    struct rtos_semaphore *semaphore = pvPortMalloc(sizeof *semaphore);

    if (semaphore == NULL)
        return NULL;
    initialise(semaphore, type, limit, initial);
    return rtos_handle_of(&semaphore->object);
}

QueueHandle_t rtos_semaphore_create_binary(void)
{
    QueueHandle_t semaphore = create(queueQUEUE_TYPE_BINARY_SEMAPHORE, 1, 0);

    if (semaphore == NULL) {
        traceQUEUE_CREATE_FAILED(queueQUEUE_TYPE_BINARY_SEMAPHORE);
    } else {
        traceQUEUE_CREATE(semaphore);
    }
    return semaphore;
}
#endif

#if configSUPPORT_STATIC_ALLOCATION == 1
static QueueHandle_t create_static(StaticSemaphore_t *buffer, uint8_t type, UBaseType_t limit,
                                   UBaseType_t initial)
{
    configASSERT(buffer != NULL);
    if (buffer == NULL)
        return NULL;
    initialise(&buffer->semaphore, type, limit, initial);
    buffer->semaphore.object.is_static = 1;
    return rtos_handle_of(&buffer->semaphore.object);
}

QueueHandle_t rtos_semaphore_create_binary_static(StaticSemaphore_t *buffer)
{
    return create_static(buffer, queueQUEUE_TYPE_BINARY_SEMAPHORE, 1, 0);
}

BaseType_t rtos_semaphore_get_static_buffer(QueueHandle_t semaphore, StaticSemaphore_t **buffer)
{
    configASSERT(semaphore != NULL && buffer != NULL);
    if (!semaphore->object.is_static)
        return pdFALSE;
    *buffer = RTOS_CONTAINER(&semaphore->object, StaticSemaphore_t, object);
    return pdTRUE;
}
#endif

#if configUSE_COUNTING_SEMAPHORES == 1
#if configSUPPORT_DYNAMIC_ALLOCATION == 1
QueueHandle_t xQueueCreateCountingSemaphore(const UBaseType_t limit, const UBaseType_t initial)
{
    QueueHandle_t semaphore = NULL;

    configASSERT(limit > 0 && initial <= limit);
    if (limit > 0 && initial <= limit)
        semaphore = create(queueQUEUE_TYPE_COUNTING_SEMAPHORE, limit, initial);
    if (semaphore == NULL) {
        traceCREATE_COUNTING_SEMAPHORE_FAILED();
    } else {
        traceCREATE_COUNTING_SEMAPHORE();
    }
    return semaphore;
}
#endif

#if configSUPPORT_STATIC_ALLOCATION == 1
QueueHandle_t xQueueCreateCountingSemaphoreStatic(const UBaseType_t limit,
                                                  const UBaseType_t initial,
                                                  StaticSemaphore_t *semaphore)
{
    configASSERT(limit > 0 && initial <= limit);
    if (limit == 0 || initial > limit)
        return NULL;
    return create_static(semaphore, queueQUEUE_TYPE_COUNTING_SEMAPHORE, limit, initial);
}
#endif
#endif

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
