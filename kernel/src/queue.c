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
    if (storage == NULL)
        storage = (uint8_t *)queue; /* items of no size: a place that is never written */
    queue->object.type = type;
    queue->object.alive = RTOS_ALIVE;
    queue->object.kind = RTOS_KIND_QUEUE;
    queue->length = length;
    queue->item_size = item_size;
    queue->words = item_size % sizeof(uint32_t) == 0 ? item_size / sizeof(uint32_t) : 0;
    queue->storage = storage;
    queue->end = storage + (size_t)length * item_size;
    queue->read = storage;
    queue->write = storage;
    traceQUEUE_CREATE(queue);
    return queue;
}

static void copy(void *to, const void *from, size_t size)
{
    if (size != 0)
        memcpy(to, from, size);
}

/* Copies an item of whole words, one at least; returns what is behind `to` then. A call of memcpy
 * would cost more than most items take. */
static inline uint8_t *copy_words(uint8_t *to, const uint8_t *from, UBaseType_t words)
{
    do {
        memcpy(to, from, sizeof(uint32_t));
        to += sizeof(uint32_t);
        from += sizeof(uint32_t);
    } while (--words != 0);
    return to;
}

/* The place behind `place`. */
static inline uint8_t *next_place(const struct rtos_queue *queue, uint8_t *place)
{
    place += queue->item_size;
    return place == queue->end ? queue->storage : place;
}

/* The place before the oldest item, where an item goes that is to be the oldest. */
static uint8_t *place_in_front(const struct rtos_queue *queue)
{
    return (queue->read == queue->storage ? queue->end : queue->read) - queue->item_size;
}

bool rtos_queue_push(struct rtos_queue *queue, const void *item, BaseType_t position)
{
    bool is_full = queue->object.count == queue->length;

    if (is_full && position != queueOVERWRITE)
        return false;
    if (position == queueSEND_TO_BACK) {
        copy(queue->write, item, queue->item_size);
        queue->write = next_place(queue, queue->write);
    } else {
        if (position == queueSEND_TO_FRONT)
            queue->read = place_in_front(queue);
        else if (!is_full)
            queue->write = next_place(queue, queue->write);
        copy(queue->read, item, queue->item_size);
    }
    if (is_full)
        return true; /* overwritten: whoever waits was told of the item before */
    queue->object.count++;
    rtos_object_announce(&queue->object);
    return true;
}

bool rtos_queue_pop(struct rtos_queue *queue, void *item)
{
    if (queue->object.count == 0)
        return false;
    copy(item, queue->read, queue->item_size);
    queue->read = next_place(queue, queue->read);
    queue->object.count--;
    rtos_wake_one(&queue->senders);
    return true;
}

/* The same for the plain case, words to the back of a queue that is not in a set; wakes nobody. */
static inline bool push_words(struct rtos_queue *queue, const void *item)
{
    if (queue->object.count == queue->length || queue->words == 0 || rtos_is_in_set(&queue->object))
        return false;
    uint8_t *next = copy_words(queue->write, item, queue->words);
    queue->write = next == queue->end ? queue->storage : next;
    queue->object.count++;
    return true;
}

static inline bool pop_words(struct rtos_queue *queue, void *item)
{
    if (queue->object.count == 0 || queue->words == 0)
        return false;
    (void)copy_words(item, queue->read, queue->words);
    queue->read = next_place(queue, queue->read);
    queue->object.count--;
    return true;
}

/* The end of a call that succeeded, apart so that the plain case needs no stack frame. */
RTOS_SLOW static BaseType_t wake_and_pass(struct rtos_wait_list *list, UBaseType_t state)
{
    rtos_wake_first(list);
    rtos_unlock(state);
    return pdPASS;
}

static inline BaseType_t pass(struct rtos_wait_list *list, UBaseType_t state)
{
    if (!rtos_nobody_waits(list))
        return wake_and_pass(list, state);
    rtos_unlock(state);
    return pdPASS;
}

static bool give(struct rtos_object *object, const void *item, BaseType_t position)
{
    if (rtos_is_queue(object))
        return rtos_queue_push(rtos_as_queue(object), item, position);
    if (rtos_is_mutex(object))
        return rtos_mutex_give(rtos_as_mutex(object));
    return rtos_semaphore_count_up(rtos_as_semaphore(object));
}

#define ASSERT_SENDABLE(queue, item, position)                                                     \
    do {                                                                                           \
        RTOS_ASSERT_QUEUE_EXISTS(queue);                                                           \
        configASSERT(!rtos_is_queue(&queue->object) || item != NULL || queue->item_size == 0);     \
        configASSERT(position != queueOVERWRITE || queue->length == 1);                            \
    } while (0)

RTOS_SLOW static BaseType_t send(QueueHandle_t queue, const void *item, TickType_t ticks_to_wait,
                                 BaseType_t position)
{
    struct rtos_deadline deadline = rtos_deadline_in(ticks_to_wait);
    UBaseType_t state = rtos_lock();
    bool sent;

    while (!(sent = give(&queue->object, item, position))) {
        if (!rtos_is_queue(&queue->object))
            break;
        RTOS_TRACE_WAIT(&deadline, traceBLOCKING_ON_QUEUE_SEND(queue));
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

BaseType_t xQueueGenericSend(QueueHandle_t queue, const void *const item, TickType_t ticks_to_wait,
                             const BaseType_t position)
{
    ASSERT_SENDABLE(queue, item, position);
    RTOS_ASSERT_MAY_WAIT(ticks_to_wait);
    configASSERT(rtos_may_give(&queue->object));
    if (position != queueSEND_TO_BACK || !rtos_is_queue(&queue->object))
        return send(queue, item, ticks_to_wait, position);
    UBaseType_t state = rtos_lock();
    if (push_words(queue, item)) {
        traceQUEUE_SEND(queue);
        return pass(&queue->object.receivers, state);
    }
    rtos_unlock(state);
    return send(queue, item, ticks_to_wait, position);
}

BaseType_t xQueueGenericSendFromISR(QueueHandle_t queue, const void *const item,
                                    BaseType_t *const switch_needed, const BaseType_t position)
{
    ASSERT_SENDABLE(queue, item, position);
    RTOS_ASSERT_IN_ISR();
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

RTOS_SLOW static BaseType_t receive(QueueHandle_t queue, void *item, TickType_t ticks_to_wait)
{
    struct rtos_deadline deadline = rtos_deadline_in(ticks_to_wait);
    UBaseType_t state = rtos_lock();
    bool received;

    while (!(received = rtos_queue_pop(queue, item))) {
        RTOS_TRACE_WAIT(&deadline, traceBLOCKING_ON_QUEUE_RECEIVE(queue));
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

BaseType_t xQueueReceive(QueueHandle_t queue, void *const item, TickType_t ticks_to_wait)
{
    RTOS_ASSERT_QUEUE_EXISTS(queue);
    configASSERT(rtos_is_queue(&queue->object));
    configASSERT(item != NULL || queue->item_size == 0);
    RTOS_ASSERT_MAY_WAIT(ticks_to_wait);
    UBaseType_t state = rtos_lock();
    if (pop_words(queue, item)) {
        traceQUEUE_RECEIVE(queue);
        return pass(&queue->senders, state);
    }
    rtos_unlock(state);
    return receive(queue, item, ticks_to_wait);
}

BaseType_t xQueueReceiveFromISR(QueueHandle_t queue, void *const item,
                                BaseType_t *const switch_needed)
{
    RTOS_ASSERT_QUEUE_EXISTS(queue);
    RTOS_ASSERT_IN_ISR();
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

    RTOS_ASSERT_QUEUE_EXISTS(queue);
    configASSERT(rtos_is_queue(&queue->object));
    configASSERT(item != NULL || queue->item_size == 0);
    RTOS_ASSERT_MAY_WAIT(ticks_to_wait);
    UBaseType_t state = rtos_lock();
    while (queue->object.count == 0) {
        RTOS_TRACE_WAIT(&deadline, traceBLOCKING_ON_QUEUE_PEEK(queue));
        if (!rtos_wait_on(&queue->object.receivers, &deadline, &state))
            break;
    }
    bool peeked = queue->object.count > 0;
    if (peeked) {
        traceQUEUE_PEEK(queue);
        copy(item, queue->read, queue->item_size);
        rtos_wake_one(&queue->object.receivers); /* the item is still there for the next one */
    } else {
        traceQUEUE_PEEK_FAILED(queue);
    }
    rtos_unlock_and_switch(state);
    return peeked ? pdPASS : errQUEUE_EMPTY;
}

BaseType_t xQueuePeekFromISR(QueueHandle_t queue, void *const item)
{
    RTOS_ASSERT_QUEUE_EXISTS(queue);
    configASSERT(rtos_is_queue(&queue->object) && queue->item_size != 0);
    portASSERT_IF_INTERRUPT_PRIORITY_INVALID();
    UBaseType_t state = rtos_lock();
    bool peeked = queue->object.count > 0;

    if (peeked) {
        traceQUEUE_PEEK_FROM_ISR(queue);
        copy(item, queue->read, queue->item_size);
    } else {
        traceQUEUE_PEEK_FROM_ISR_FAILED(queue);
    }
    rtos_unlock(state);
    return peeked ? pdPASS : pdFAIL;
}

BaseType_t xQueueGenericReset(QueueHandle_t queue, BaseType_t is_new)
{
    RTOS_ASSERT_QUEUE_EXISTS(queue);
    configASSERT(rtos_is_queue(&queue->object));
    UBaseType_t state = rtos_lock();

    queue->object.count = 0;
    queue->read = queue->storage;
    queue->write = queue->storage;
    if (is_new == pdFALSE)
        rtos_wake_one(&queue->senders);
    rtos_unlock_and_switch(state);
    return pdPASS;
}

void vQueueDelete(QueueHandle_t queue)
{
    RTOS_ASSERT_IN_TASK();
    RTOS_ASSERT_QUEUE_EXISTS(queue);
    configASSERT(rtos_nobody_waits(&queue->object.receivers));
    traceQUEUE_DELETE(queue);
    vQueueUnregisterQueue(queue);
    if (rtos_is_mutex(&queue->object)) {
        UBaseType_t state = rtos_lock();
        rtos_mutex_let_go(rtos_as_mutex(&queue->object));
        rtos_unlock_and_switch(state);
    }
    queue->object.alive = 0;
    if (!queue->object.is_static)
        rtos_free(queue);
}
