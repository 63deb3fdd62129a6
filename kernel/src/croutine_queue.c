/* SPDX-License-Identifier: MIT */
/*
 * Queues between co-routines and interrupts. Co-routines that wait are kept apart from tasks; what
 * is sent or received wakes one of them.
 */
#include "croutine.h"

#include "object.h"

#if configUSE_CO_ROUTINES == 1

/* Looking and starting to wait are one step: an interrupt between them would be missed. */
static BaseType_t wait_or(BaseType_t failure, TickType_t ticks_to_wait, struct rtos_pqueue *waiters)
{
    if (ticks_to_wait == 0)
        return failure;
    vCoRoutineAddToDelayedList(ticks_to_wait, waiters);
    return errQUEUE_BLOCKED;
}

static BaseType_t done(struct rtos_pqueue *waiters)
{
    return xCoRoutineRemoveFromEventList(waiters) == pdTRUE ? errQUEUE_YIELD : pdPASS;
}

BaseType_t xQueueCRSend(QueueHandle_t queue, const void *item, TickType_t ticks_to_wait)
{
    configASSERT(queue != NULL && rtos_is_queue(&queue->object));
    bool woken;
    UBaseType_t state = rtos_lock();
    BaseType_t result = rtos_queue_push(queue, item, queueSEND_TO_BACK, &woken, state)
                            ? done(&queue->co_receivers)
                            : wait_or(errQUEUE_FULL, ticks_to_wait, &queue->co_senders);

    rtos_unlock(state);
    return result;
}

BaseType_t xQueueCRReceive(QueueHandle_t queue, void *item, TickType_t ticks_to_wait)
{
    configASSERT(queue != NULL && rtos_is_queue(&queue->object));
    bool woken;
    UBaseType_t state = rtos_lock();
    BaseType_t result = rtos_queue_pop(queue, item, &woken, state)
                            ? done(&queue->co_senders)
                            : wait_or(errQUEUE_EMPTY, ticks_to_wait, &queue->co_receivers);

    rtos_unlock(state);
    return result;
}

BaseType_t xQueueCRSendFromISR(QueueHandle_t queue, const void *item, BaseType_t woken_before)
{
    configASSERT(queue != NULL && rtos_is_queue(&queue->object));
    portASSERT_IF_INTERRUPT_PRIORITY_INVALID();
    UBaseType_t state = rtos_lock();
    bool wakes = !rtos_pqueue_is_empty(&queue->co_receivers);
    bool task_woken;
    bool sent = rtos_queue_push(queue, item, queueSEND_TO_BACK, &task_woken, state);

    if (sent)
        (void)xCoRoutineRemoveFromEventList(&queue->co_receivers);
    rtos_unlock(state);
    return sent && wakes ? pdTRUE : woken_before;
}

BaseType_t xQueueCRReceiveFromISR(QueueHandle_t queue, void *item, BaseType_t *woken)
{
    configASSERT(queue != NULL && rtos_is_queue(&queue->object) && woken != NULL);
    portASSERT_IF_INTERRUPT_PRIORITY_INVALID();
    UBaseType_t state = rtos_lock();
    bool wakes = !rtos_pqueue_is_empty(&queue->co_senders);
    bool task_woken;
    bool received = rtos_queue_pop(queue, item, &task_woken, state);

    if (received) {
        (void)xCoRoutineRemoveFromEventList(&queue->co_senders);
        if (wakes)
            *woken = pdTRUE;
    }
    rtos_unlock(state);
    return received ? pdPASS : pdFAIL;
}

#endif
