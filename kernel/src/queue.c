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
    queue->object.kind = RTOS_KIND_QUEUE;
    queue->length = length;
    queue->item_size = item_size;
    if (item_size % sizeof(uint32_t) == 0 && item_size / sizeof(uint32_t) <= UINT8_MAX)
        queue->object.words = (uint8_t)(item_size / sizeof(uint32_t));
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
static inline uint8_t *copy_words(uint8_t *to, const uint8_t *from, unsigned words)
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

bool rtos_queue_push(struct rtos_queue *queue, const void *item, BaseType_t position, bool *woken)
{
    bool is_full = queue->count == queue->length;

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
    queue->count++;
    if (rtos_object_announce(&queue->object))
        *woken = true;
    return true;
}

bool rtos_queue_pop(struct rtos_queue *queue, void *item, bool *woken)
{
    if (queue->count == 0)
        return false;
    copy(item, queue->read, queue->item_size);
    queue->read = next_place(queue, queue->read);
    queue->count--;
    if (rtos_wake_one(&queue->senders))
        *woken = true;
    return true;
}

/* The same for the plain case, words to the back of a queue that is not in a set; wakes nobody. */
static inline bool push_words(struct rtos_queue *queue, const void *item, unsigned words)
{
    UBaseType_t count = queue->count;

    if (count == queue->length || rtos_is_in_set(&queue->object))
        return false;
    uint8_t *next = copy_words(queue->write, item, words);
    queue->write = next == queue->end ? queue->storage : next;
    queue->count = count + 1;
    return true;
}

static inline bool pop_words(struct rtos_queue *queue, void *item, unsigned words)
{
    UBaseType_t count = queue->count;

    if (count == 0)
        return false;
    (void)copy_words(item, queue->read, words);
    queue->read = next_place(queue, queue->read);
    queue->count = count - 1;
    return true;
}

/* The end of a call that succeeded, apart so that the plain case needs no stack frame. */
RTOS_SLOW static BaseType_t wake_and_pass(struct rtos_wait_list *list, UBaseType_t state)
{
    (void)rtos_wake_first(list);
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

#define ASSERT_SENDABLE(queue, item, position)                                                     \
    do {                                                                                           \
        RTOS_ASSERT_QUEUE_EXISTS(queue);                                                           \
        configASSERT(!rtos_is_queue(&queue->object) || item != NULL || queue->item_size == 0);     \
        configASSERT(position != queueOVERWRITE || queue->length == 1);                            \
    } while (0)

RTOS_SLOW static BaseType_t send(QueueHandle_t queue, const void *item, TickType_t ticks,
                                 BaseType_t position)
{
    bool woken;
    UBaseType_t state = rtos_lock();
    bool sent;

    while (!(sent = rtos_queue_push(queue, item, position, &woken)) && ticks != 0) {
        traceBLOCKING_ON_QUEUE_SEND(queue);
        ticks = rtos_wait_on(&queue->senders, ticks, state);
    }
    if (sent) {
        traceQUEUE_SEND(queue);
    } else {
        traceQUEUE_SEND_FAILED(queue);
    }
    rtos_unlock(state);
    return sent ? pdPASS : errQUEUE_FULL;
}

BaseType_t xQueueGenericSend(QueueHandle_t queue, const void *const item, TickType_t ticks_to_wait,
                             const BaseType_t position)
{
    ASSERT_SENDABLE(queue, item, position);
    RTOS_ASSERT_MAY_WAIT(ticks_to_wait);
    unsigned words = queue->object.words;
    if (position == queueSEND_TO_BACK && words != 0) {
        UBaseType_t state = rtos_lock();
        if (push_words(queue, item, words)) {
            traceQUEUE_SEND(queue);
            return pass(&queue->object.receivers, state);
        }
        rtos_unlock(state);
    }
    if (rtos_is_queue(&queue->object))
        return send(queue, item, ticks_to_wait, position);
    configASSERT(rtos_may_give(&queue->object));
    return rtos_semaphore_give(queue);
}

BaseType_t xQueueGenericSendFromISR(QueueHandle_t queue, const void *const item,
                                    BaseType_t *const switch_needed, const BaseType_t position)
{
    ASSERT_SENDABLE(queue, item, position);
    RTOS_ASSERT_IN_ISR();
    configASSERT(!rtos_is_mutex(&queue->object));
    bool woken = false;
    UBaseType_t state = rtos_lock();
    bool sent = rtos_is_queue(&queue->object) ? rtos_queue_push(queue, item, position, &woken)
                                              : rtos_semaphore_count_up(&queue->object, &woken);

    if (sent) {
        traceQUEUE_SEND_FROM_ISR(queue);
    } else {
        traceQUEUE_SEND_FROM_ISR_FAILED(queue);
    }
    rtos_unlock_from_isr(state, woken, switch_needed);
    return sent ? pdPASS : errQUEUE_FULL;
}

RTOS_SLOW static BaseType_t receive(QueueHandle_t queue, void *item, TickType_t ticks)
{
    bool woken;
    UBaseType_t state = rtos_lock();
    bool received;

    while (!(received = rtos_queue_pop(queue, item, &woken)) && ticks != 0) {
        traceBLOCKING_ON_QUEUE_RECEIVE(queue);
        ticks = rtos_wait_on(&queue->object.receivers, ticks, state);
    }
    if (received) {
        traceQUEUE_RECEIVE(queue);
    } else {
        traceQUEUE_RECEIVE_FAILED(queue);
    }
    rtos_unlock(state);
    return received ? pdPASS : errQUEUE_EMPTY;
}

BaseType_t xQueueReceive(QueueHandle_t queue, void *const item, TickType_t ticks_to_wait)
{
    RTOS_ASSERT_QUEUE_EXISTS(queue);
    configASSERT(rtos_is_queue(&queue->object));
    configASSERT(item != NULL || queue->item_size == 0);
    RTOS_ASSERT_MAY_WAIT(ticks_to_wait);
    unsigned words = queue->object.words;
    if (words != 0) {
        UBaseType_t state = rtos_lock();
        if (pop_words(queue, item, words)) {
            traceQUEUE_RECEIVE(queue);
            return pass(&queue->senders, state);
        }
        rtos_unlock(state);
    }
    return receive(queue, item, ticks_to_wait);
}

BaseType_t xQueueReceiveFromISR(QueueHandle_t queue, void *const item,
                                BaseType_t *const switch_needed)
{
    RTOS_ASSERT_QUEUE_EXISTS(queue);
    RTOS_ASSERT_IN_ISR();
    configASSERT(!rtos_is_mutex(&queue->object));
    bool woken = false;
    UBaseType_t state = rtos_lock();
    bool received = rtos_is_queue(&queue->object) ? rtos_queue_pop(queue, item, &woken)
                                                  : rtos_semaphore_count_down(&queue->object);

    if (received) {
        traceQUEUE_RECEIVE_FROM_ISR(queue);
    } else {
        traceQUEUE_RECEIVE_FROM_ISR_FAILED(queue);
    }
    rtos_unlock_from_isr(state, woken, switch_needed);
    return received ? pdPASS : pdFAIL;
}

BaseType_t xQueuePeek(QueueHandle_t queue, void *const item, TickType_t ticks_to_wait)
{
    RTOS_ASSERT_QUEUE_EXISTS(queue);
    configASSERT(rtos_is_queue(&queue->object));
    configASSERT(item != NULL || queue->item_size == 0);
    RTOS_ASSERT_MAY_WAIT(ticks_to_wait);
    UBaseType_t state = rtos_lock();
    while (queue->count == 0 && ticks_to_wait != 0) {
        traceBLOCKING_ON_QUEUE_PEEK(queue);
        ticks_to_wait = rtos_wait_on(&queue->object.receivers, ticks_to_wait, state);
    }
    bool peeked = queue->count > 0;
    if (peeked) {
        traceQUEUE_PEEK(queue);
        copy(item, queue->read, queue->item_size);
        (void)rtos_wake_one(
            &queue->object.receivers); /* the item is still there for the next one */
    } else {
        traceQUEUE_PEEK_FAILED(queue);
    }
    rtos_unlock(state);
    return peeked ? pdPASS : errQUEUE_EMPTY;
}

BaseType_t xQueuePeekFromISR(QueueHandle_t queue, void *const item)
{
    RTOS_ASSERT_QUEUE_EXISTS(queue);
    configASSERT(rtos_is_queue(&queue->object) && queue->item_size != 0);
    portASSERT_IF_INTERRUPT_PRIORITY_INVALID();
    UBaseType_t state = rtos_lock();
    bool peeked = queue->count > 0;

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

    queue->count = 0;
    queue->read = queue->storage;
    queue->write = queue->storage;
    if (is_new == pdFALSE)
        (void)rtos_wake_one(&queue->senders);
    rtos_unlock(state);
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
        rtos_unlock(state);
    }
    queue->object.kind = 0;
    if (!queue->object.is_static)
        rtos_free(queue);
}
