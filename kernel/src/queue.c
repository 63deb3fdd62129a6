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
    if (item_size % 4 == 0 && item_size / 4 <= UINT8_MAX)
        queue->object.words = (uint8_t)(item_size / 4);
    queue->storage = storage;
    queue->end = storage + (size_t)length * item_size;
    queue->read = storage;
    queue->write = storage;
    traceQUEUE_CREATE(queue);
    return queue;
}

/* An item as bytes; one that is sent is not written to. */
static inline uint8_t *bytes(const void *item)
{
    return (uint8_t *)(uintptr_t)item;
}

struct __attribute__((may_alias)) four {
    uint32_t words[4];
};

/* Copies whole words and advances both places. A call of memcpy would cost more than most items
 * take. */
static inline void copy_words(uint8_t **to, uint8_t **from, unsigned words)
{
    if (RTOS_FAST && words % 4 == 0 && ((uintptr_t)*to | (uintptr_t)*from) % 4 == 0) {
        struct four *target = (struct four *)(void *)*to, *source = (struct four *)(void *)*from;
        do
            *target++ = *source++;
        while ((words -= 4) != 0);
        *to = (uint8_t *)target;
        *from = (uint8_t *)source;
        return;
    }
    do {
        memcpy(*to, *from, 4);
        *to += 4;
        *from += 4;
    } while (--words != 0);
}

/* Copies an item and advances both places. Most items are a word: a pointer, or a number. */
static inline void copy(const struct rtos_queue *queue, uint8_t **to, uint8_t **from)
{
    size_t size = queue->item_size;

    if (size == 0)
        return;
    if (size == 4)
        memcpy(*to, *from, 4);
    else
        memcpy(*to, *from, size);
    *to += size;
    *from += size;
}

/* The place that follows, if it is not behind the last. */
static inline uint8_t *wrapped(const struct rtos_queue *queue, uint8_t *place)
{
    return place == queue->end ? queue->storage : place;
}

static inline bool is_full(const struct rtos_queue *queue)
{
    return queue->count == queue->length;
}

/* Puts an item before the oldest. */
static void put_in_front(struct rtos_queue *queue, uint8_t *item)
{
    uint8_t *place = (queue->read == queue->storage ? queue->end : queue->read) - queue->item_size;

    queue->read = place;
    copy(queue, &place, &item);
}

/* Puts an item in; there must be room. */
static inline void put(struct rtos_queue *queue, uint8_t *item, BaseType_t position)
{
    uint8_t *place = queue->write;

    queue->count++;
    if (position == queueSEND_TO_FRONT) {
        put_in_front(queue, item);
        return;
    }
    copy(queue, &place, &item);
    queue->write = wrapped(queue, place);
}

/* Puts an item in place of the oldest of a full queue: whoever waits was told of that one. */
static void overwrite(struct rtos_queue *queue, uint8_t *item)
{
    uint8_t *place = queue->read;

    copy(queue, &place, &item);
}

/* Copies the oldest item; there must be one. Returns where the next one is. */
static inline uint8_t *look(const struct rtos_queue *queue, uint8_t *item)
{
    uint8_t *place = queue->read;

    copy(queue, &item, &place);
    return wrapped(queue, place);
}

static inline void take(struct rtos_queue *queue, uint8_t *item)
{
    queue->read = look(queue, item);
    queue->count--;
}

bool rtos_queue_push(struct rtos_queue *queue, const void *item, BaseType_t position, bool *woken)
{
    if (is_full(queue)) {
        if (position == queueOVERWRITE)
            overwrite(queue, bytes(item));
        return position == queueOVERWRITE;
    }
    put(queue, bytes(item), position);
    if (rtos_object_announce(&queue->object))
        *woken = true;
    return true;
}

bool rtos_queue_pop(struct rtos_queue *queue, void *item, bool *woken)
{
    if (queue->count == 0)
        return false;
    take(queue, item);
    if (rtos_wake_one(&queue->senders))
        *woken = true;
    return true;
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
    UBaseType_t state = rtos_lock();

    while (is_full(queue) && position != queueOVERWRITE) {
        if (ticks == 0) {
            traceQUEUE_SEND_FAILED(queue);
            rtos_unlock(state);
            return errQUEUE_FULL;
        }
        traceBLOCKING_ON_QUEUE_SEND(queue);
        ticks = rtos_wait_on(&queue->senders, ticks, state);
    }
    if (is_full(queue)) {
        overwrite(queue, bytes(item));
    } else {
        put(queue, bytes(item), position);
        (void)rtos_object_announce(&queue->object);
    }
    traceQUEUE_SEND(queue);
    rtos_unlock(state);
    return pdPASS;
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

/* Whether to try the plain case: whole words to the back of a queue that is not in a set. */
static inline bool sends_words(const struct rtos_queue *queue, BaseType_t position)
{
    return RTOS_FAST && queue->object.words != 0 && position == queueSEND_TO_BACK &&
           !rtos_is_in_set(&queue->object);
}

BaseType_t xQueueGenericSend(QueueHandle_t queue, const void *const item, TickType_t ticks_to_wait,
                             const BaseType_t position)
{
    configASSERT(queue != NULL);
    RTOS_ASSERT_IN_TASK();
    if (sends_words(queue, position)) {
        configASSERT(item != NULL);
        UBaseType_t state = rtos_lock();
        if (!is_full(queue)) {
            uint8_t *from = bytes(item), *place = queue->write;
            queue->count++;
            copy_words(&place, &from, queue->object.words);
            queue->write = wrapped(queue, place);
            traceQUEUE_SEND(queue);
            return pass(&queue->object.receivers, state);
        }
        rtos_unlock(state);
    }
    ASSERT_SENDABLE(queue, item, position);
    RTOS_ASSERT_MAY_WAIT(ticks_to_wait);
    configASSERT(rtos_may_give(&queue->object));
    if (!rtos_is_queue(&queue->object))
        return rtos_semaphore_give(queue);
    return send(queue, item, ticks_to_wait, position);
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

/* Under the lock, which it opens. */
RTOS_SLOW static BaseType_t receive(QueueHandle_t queue, void *item, TickType_t ticks,
                                    UBaseType_t state)
{
    while (queue->count == 0) {
        if (ticks == 0) {
            traceQUEUE_RECEIVE_FAILED(queue);
            rtos_unlock(state);
            return errQUEUE_EMPTY;
        }
        traceBLOCKING_ON_QUEUE_RECEIVE(queue);
        ticks = rtos_wait_on(&queue->object.receivers, ticks, state);
    }
    take(queue, item);
    (void)rtos_wake_one(&queue->senders);
    traceQUEUE_RECEIVE(queue);
    rtos_unlock(state);
    return pdPASS;
}

BaseType_t xQueueReceive(QueueHandle_t queue, void *const item, TickType_t ticks_to_wait)
{
    configASSERT(queue != NULL);
    RTOS_ASSERT_IN_TASK();
    UBaseType_t state = rtos_lock();
    if (RTOS_FAST && queue->object.words != 0 && queue->count != 0) {
        configASSERT(item != NULL);
        uint8_t *to = item, *place = queue->read;
        queue->count--;
        copy_words(&to, &place, queue->object.words);
        queue->read = wrapped(queue, place);
        traceQUEUE_RECEIVE(queue);
        return pass(&queue->senders, state);
    }
    RTOS_ASSERT_QUEUE_EXISTS(queue);
    configASSERT(rtos_is_queue(&queue->object));
    configASSERT(item != NULL || queue->item_size == 0);
    RTOS_ASSERT_MAY_WAIT(ticks_to_wait);
    return receive(queue, item, ticks_to_wait, state);
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
    RTOS_ASSERT_IN_TASK();
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
        (void)look(queue, item);
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
        (void)look(queue, item);
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
    queue->object = (struct rtos_object){.is_static = queue->object.is_static}; /* exists no more */
    if (!queue->object.is_static)
        rtos_free(queue);
}
