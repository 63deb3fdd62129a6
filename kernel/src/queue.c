/* SPDX-License-Identifier: MIT */
/*
 * Queues: items are copied into a ring of `length` places. An object with a queue handle may also
 * be a semaphore or a mutex; sending to one means giving it.
 */
#include "create.h"
#include "inherit.h"
#include "wait.h"

#include <string.h>

QueueHandle_t rtos_queue_make(struct rtos_queue *queue, UBaseType_t length, UBaseType_t item_size,
                              uint8_t *storage, uint8_t type)
{
    memset(queue, 0, sizeof *queue);
    queue->object.type = type;
    queue->storage = storage;
    queue->length = length;
    queue->item_size = item_size;
    traceQUEUE_CREATE(queue);
    return queue;
}

static uint8_t *place(const struct rtos_queue *queue, UBaseType_t offset)
{
    UBaseType_t index = queue->head + offset;

    if (index >= queue->length)
        index -= queue->length;
    return queue->storage + (size_t)index * queue->item_size;
}

static void copy(void *to, const void *from, size_t size)
{
    if (size != 0)
        memcpy(to, from, size);
}

bool rtos_queue_push(struct rtos_queue *queue, const void *item, BaseType_t position)
{
    UBaseType_t count = queue->object.count;

    if (position == queueOVERWRITE && count == queue->length) {
        copy(place(queue, 0), item, queue->item_size);
        return true;
    }
    if (count == queue->length)
        return false;
    if (position == queueSEND_TO_FRONT) {
        queue->head = (queue->head == 0 ? queue->length : queue->head) - 1;
        count = 0;
    }
    copy(place(queue, count), item, queue->item_size);
    queue->object.count++;
    rtos_object_announce(&queue->object);
    return true;
}

bool rtos_queue_pop(struct rtos_queue *queue, void *item)
{
    if (queue->object.count == 0)
        return false;
    copy(item, place(queue, 0), queue->item_size);
    queue->head = queue->head + 1 == queue->length ? 0 : queue->head + 1;
    queue->object.count--;
    rtos_wake_one(&queue->senders);
    return true;
}

static bool give(struct rtos_object *object, const void *item, BaseType_t position)
{
    if (rtos_is_queue(object))
        return rtos_queue_push(rtos_as_queue(object), item, position);
    if (rtos_is_mutex(object))
        return rtos_mutex_give(rtos_as_mutex(object));
    return rtos_semaphore_give(rtos_as_semaphore(object));
}

static void assert_sendable(const struct rtos_queue *queue, const void *item, BaseType_t position)
{
    (void)queue, (void)item, (void)position;
    configASSERT(queue != NULL);
    configASSERT(!rtos_is_queue(&queue->object) || item != NULL || queue->item_size == 0);
    configASSERT(position != queueOVERWRITE || queue->length == 1);
}

BaseType_t xQueueGenericSend(QueueHandle_t queue, const void *const item, TickType_t ticks_to_wait,
                             const BaseType_t position)
{
    struct rtos_deadline deadline = rtos_deadline_in(ticks_to_wait);
    bool sent;

    assert_sendable(queue, item, position);
    RTOS_ASSERT_MAY_WAIT(ticks_to_wait);
    UBaseType_t state = rtos_lock();
    while (!(sent = give(&queue->object, item, position))) {
        if (!rtos_is_queue(&queue->object))
            break;
        traceBLOCKING_ON_QUEUE_SEND(queue);
        if (!rtos_wait_on(&queue->senders, &deadline, &state))
            break;
    }
    if (sent) {
        traceQUEUE_SEND(queue);
    } else {
        traceQUEUE_SEND_FAILED(queue);
    }
    rtos_unlock_and_switch(state);
    return sent ? pdPASS : errQUEUE_FULL;
}

BaseType_t xQueueGenericSendFromISR(QueueHandle_t queue, const void *const item,
                                    BaseType_t *const switch_needed, const BaseType_t position)
{
    assert_sendable(queue, item, position);
    portASSERT_IF_INTERRUPT_PRIORITY_INVALID();
    configASSERT(!rtos_is_mutex(&queue->object));
    UBaseType_t state = rtos_lock();
    bool sent = give(&queue->object, item, position);

    if (sent) {
        traceQUEUE_SEND_FROM_ISR(queue);
    } else {
        traceQUEUE_SEND_FROM_ISR_FAILED(queue);
    }
    rtos_unlock_from_isr(state, switch_needed);
    return sent ? pdPASS : errQUEUE_FULL;
}

BaseType_t xQueueReceive(QueueHandle_t queue, void *const item, TickType_t ticks_to_wait)
{
    struct rtos_deadline deadline = rtos_deadline_in(ticks_to_wait);
    bool received;

    configASSERT(queue != NULL && rtos_is_queue(&queue->object));
    configASSERT(item != NULL || queue->item_size == 0);
    RTOS_ASSERT_MAY_WAIT(ticks_to_wait);
    UBaseType_t state = rtos_lock();
    while (!(received = rtos_queue_pop(queue, item))) {
        traceBLOCKING_ON_QUEUE_RECEIVE(queue);
        if (!rtos_wait_on(&queue->object.receivers, &deadline, &state))
            break;
    }
    if (received) {
        traceQUEUE_RECEIVE(queue);
    } else {
        traceQUEUE_RECEIVE_FAILED(queue);
    }
    rtos_unlock_and_switch(state);
    return received ? pdPASS : errQUEUE_EMPTY;
}

BaseType_t xQueueReceiveFromISR(QueueHandle_t queue, void *const item,
                                BaseType_t *const switch_needed)
{
    configASSERT(queue != NULL);
    portASSERT_IF_INTERRUPT_PRIORITY_INVALID();
    configASSERT(!rtos_is_mutex(&queue->object));
    UBaseType_t state = rtos_lock();
    bool received = queue->object.count > 0;

    if (received && rtos_is_queue(&queue->object))
        (void)rtos_queue_pop(queue, item);
    else if (received)
        queue->object.count--;
    if (received) {
        traceQUEUE_RECEIVE_FROM_ISR(queue);
    } else {
        traceQUEUE_RECEIVE_FROM_ISR_FAILED(queue);
    }
    rtos_unlock_from_isr(state, switch_needed);
    return received ? pdPASS : pdFAIL;
}

BaseType_t xQueuePeek(QueueHandle_t queue, void *const item, TickType_t ticks_to_wait)
{
    struct rtos_deadline deadline = rtos_deadline_in(ticks_to_wait);

    configASSERT(queue != NULL && rtos_is_queue(&queue->object));
    configASSERT(item != NULL || queue->item_size == 0);
    RTOS_ASSERT_MAY_WAIT(ticks_to_wait);
    UBaseType_t state = rtos_lock();
    while (queue->object.count == 0) {
        traceBLOCKING_ON_QUEUE_PEEK(queue);
        if (!rtos_wait_on(&queue->object.receivers, &deadline, &state))
            break;
    }
    bool peeked = queue->object.count > 0;
    if (peeked) {
        traceQUEUE_PEEK(queue);
        copy(item, place(queue, 0), queue->item_size);
        rtos_wake_one(&queue->object.receivers); /* the item is still there for the next one */
    } else {
        traceQUEUE_PEEK_FAILED(queue);
    }
    rtos_unlock_and_switch(state);
    return peeked ? pdPASS : errQUEUE_EMPTY;
}

BaseType_t xQueuePeekFromISR(QueueHandle_t queue, void *const item)
{
    configASSERT(queue != NULL && rtos_is_queue(&queue->object) && queue->item_size != 0);
    portASSERT_IF_INTERRUPT_PRIORITY_INVALID();
    UBaseType_t state = rtos_lock();
    bool peeked = queue->object.count > 0;

    if (peeked) {
        traceQUEUE_PEEK_FROM_ISR(queue);
        copy(item, place(queue, 0), queue->item_size);
    } else {
        traceQUEUE_PEEK_FROM_ISR_FAILED(queue);
    }
    rtos_unlock(state);
    return peeked ? pdPASS : pdFAIL;
}

BaseType_t xQueueGenericReset(QueueHandle_t queue, BaseType_t is_new)
{
    configASSERT(queue != NULL && rtos_is_queue(&queue->object));
    UBaseType_t state = rtos_lock();

    queue->object.count = 0;
    queue->head = 0;
    if (is_new == pdFALSE)
        rtos_wake_one(&queue->senders);
    rtos_unlock_and_switch(state);
    return pdPASS;
}

void vQueueDelete(QueueHandle_t queue)
{
    configASSERT(queue != NULL && rtos_nobody_waits(&queue->object.receivers));
    traceQUEUE_DELETE(queue);
    vQueueUnregisterQueue(queue);
    if (rtos_is_mutex(&queue->object)) {
        UBaseType_t state = rtos_lock();
        rtos_mutex_let_go(rtos_as_mutex(&queue->object));
        rtos_unlock_and_switch(state);
    }
    if (!queue->object.is_static)
        rtos_free(queue);
}
