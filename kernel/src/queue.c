/* SPDX-License-Identifier: MIT */
/*
 * Queues: items are copied into a ring of `length` places. An object with a queue handle may also
 * be a semaphore or a mutex; sending to one means giving it.
 *
 * A long item is copied in parts, and the lock opens before and behind each. Until the last part
 * nothing has happened to the queue; who finds that something else did meanwhile begins again. Only
 * one that is overwritten in its place cannot be there as long: to an interrupt, the queue is empty
 * then.
 */
#include "create.h"
#include "inherit.h"
#include "wait.h"

#include <string.h>

/* Bytes: of a part; of what is copied under the lock together with all else, if it is whole words; and
 * the same in a set, telling which takes time too; and of what else is copied so, outside sets. */
enum { PART = 48, SHORT = 16, SHORT_IN_SET = 4, SHORT_ODD = 2 };

/* What goes one way by words goes every way at once: who copies in parts would not see it happen. */
void rtos_queue_choose_copy(struct rtos_queue *queue)
{
    size_t size = queue->item_size;
    size_t most = rtos_is_in_set(&queue->object) ? SHORT_IN_SET : SHORT;

    queue->object.words = (uint8_t)(size % 4 == 0 && size <= most ? size / 4 : 0);
    queue->changes++;
}

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
    rtos_queue_choose_copy(queue);
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

/* Whether there is time under the lock for an item besides all else. */
static inline bool is_short(const struct rtos_queue *queue)
{
    return queue->object.words != 0 ||
           (queue->item_size <= SHORT_ODD && !rtos_is_in_set(&queue->object));
}

/* Copies an item, a long one in parts, each under a lock of its own. False if something happened to the
 * queue meanwhile: then the copy is worth nothing. */
RTOS_SLOW static bool copy_any(struct rtos_queue *queue, uint8_t *to, const uint8_t *from,
                               UBaseType_t state)
{
    uint32_t changes = queue->changes;
    size_t left = queue->item_size;

    if (!RTOS_FAST && is_short(queue)) {
        if (left != 0)
            memcpy(to, from, left);
        return true;
    }
    for (;;) {
        rtos_unlock(state);
        size_t part = left < PART ? left : PART;
        (void)rtos_lock();
        RTOS_ASSERT_QUEUE_EXISTS(queue);
        if (queue->changes != changes)
            return false;
        if (part == 0)
            break;
        memcpy(to, from, part);
        to += part;
        from += part;
        left -= part;
    }
    queue->changes = changes + 1;
    return true;
}

/* Copies a short item that is no word; each size is a few accesses. */
static inline void copy_short(uint8_t *to, const uint8_t *from, size_t size)
{
    switch (size) {
    case 1:
        memcpy(to, from, 1);
        break;
    case 2:
        memcpy(to, from, 2);
        break;
    case 8:
        memcpy(to, from, 8);
        break;
    case 12:
        memcpy(to, from, 12);
        break;
    case SHORT:
        memcpy(to, from, SHORT);
        break;
    default:
        break; /* it has no size */
    }
}

/* Copies an item; most are words. False as above. */
static inline bool copy(struct rtos_queue *queue, uint8_t *to, uint8_t *from, UBaseType_t state)
{
    size_t size = queue->item_size;

    if (!RTOS_FAST || (size != 4 && !is_short(queue)))
        return copy_any(queue, to, from, state);
    if (size == 4)
        memcpy(to, from, 4);
    else
        copy_short(to, from, size);
    return true;
}

static inline uint8_t *following(const struct rtos_queue *queue, uint8_t *place)
{
    return rtos_queue_wrapped(queue, place + queue->item_size);
}

static inline uint8_t *preceding(const struct rtos_queue *queue, uint8_t *place)
{
    return (place == queue->storage ? queue->end : place) - queue->item_size;
}

static inline bool is_full(const struct rtos_queue *queue)
{
    return queue->count == queue->length;
}

/* Puts an item in, where there is room; false as above. */
static bool put(struct rtos_queue *queue, uint8_t *item, BaseType_t position, UBaseType_t state)
{
    bool in_front = position == queueSEND_TO_FRONT;
    uint8_t *place = in_front ? preceding(queue, queue->read) : queue->write;

    if (!copy(queue, place, item, state))
        return false;
    queue->count++;
    if (in_front)
        queue->read = place;
    else
        queue->write = following(queue, place);
    return true;
}

bool rtos_queue_push(struct rtos_queue *queue, const void *item, BaseType_t position, bool *woken,
                     UBaseType_t state)
{
    do
        if (is_full(queue)) {
            if (position != queueOVERWRITE)
                return false;
            queue->count = 0;
            queue->is_known = 1;
        }
    while (!put(queue, bytes(item), position, state));
    if (queue->is_known)
        queue->is_known = 0;
    else if (rtos_object_announce(&queue->object))
        *woken = true;
    return true;
}

/* Copies the oldest item; false if there is none. */
static inline bool look(struct rtos_queue *queue, void *item, UBaseType_t state)
{
    do
        if (queue->count == 0)
            return false;
    while (!copy(queue, item, queue->read, state));
    return true;
}

static inline bool pop(struct rtos_queue *queue, void *item, bool *woken, UBaseType_t state)
{
    if (!look(queue, item, state))
        return false;
    queue->count--;
    queue->read = following(queue, queue->read);
    if (rtos_wake_one(&queue->senders))
        *woken = true;
    return true;
}

bool rtos_queue_pop(struct rtos_queue *queue, void *item, bool *woken, UBaseType_t state)
{
    return pop(queue, item, woken, state);
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

    while (!rtos_queue_push(queue, item, position, &woken, state)) {
        if (ticks == 0) {
            traceQUEUE_SEND_FAILED(queue);
            rtos_unlock(state);
            return errQUEUE_FULL;
        }
        traceBLOCKING_ON_QUEUE_SEND(queue);
        ticks = rtos_wait_on(&queue->senders, ticks, state);
    }
    traceQUEUE_SEND(queue);
    rtos_unlock(state);
    return pdPASS;
}

/* With the scheduler held, so that to other tasks the item never lacks. */
RTOS_SLOW static BaseType_t send_over(QueueHandle_t queue, const void *item)
{
    rtos_hold();
    BaseType_t sent = send(queue, item, 0, queueOVERWRITE);
    rtos_release();
    return sent;
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
            queue->write = rtos_queue_wrapped(queue, place);
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
    if (position == queueOVERWRITE)
        return send_over(queue, item);
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
    bool sent = rtos_is_queue(&queue->object)
                    ? rtos_queue_push(queue, item, position, &woken, state)
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
    bool woken;

    while (!pop(queue, item, &woken, state)) {
        if (ticks == 0) {
            traceQUEUE_RECEIVE_FAILED(queue);
            rtos_unlock(state);
            return errQUEUE_EMPTY;
        }
        traceBLOCKING_ON_QUEUE_RECEIVE(queue);
        ticks = rtos_wait_on(&queue->object.receivers, ticks, state);
    }
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
        queue->read = rtos_queue_wrapped(queue, place);
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
    bool received = rtos_is_queue(&queue->object) ? rtos_queue_pop(queue, item, &woken, state)
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
    bool peeked;
    while (!(peeked = look(queue, item, state)) && ticks_to_wait != 0) {
        traceBLOCKING_ON_QUEUE_PEEK(queue);
        ticks_to_wait = rtos_wait_on(&queue->object.receivers, ticks_to_wait, state);
    }
    if (peeked) {
        traceQUEUE_PEEK(queue);
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
    bool peeked = look(queue, item, state);

    if (peeked) {
        traceQUEUE_PEEK_FROM_ISR(queue);
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
    queue->changes++;
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
