/* SPDX-License-Identifier: MIT */
/*
 * Queue sets: a queue of handles. Whenever a member gets something to take, its handle goes in; so
 * the set holds one entry for everything that can be taken from its members.
 */
#include "object.h"

#include "wait.h"

#if configUSE_QUEUE_SETS == 1

bool rtos_set_announce(struct rtos_object *object)
{
    QueueHandle_t member = rtos_handle_of(object);
    bool woken = false;
    UBaseType_t state = 0; /* not used: a handle is no long item */
    bool fits = rtos_queue_push(object->set, &member, queueSEND_TO_BACK, &woken, state);

    traceQUEUE_SET_SEND(object->set);
    configASSERT(fits); /* the set is shorter than its members together */
    (void)fits;
    return woken;
}

BaseType_t xQueueAddToSet(QueueSetMemberHandle_t member, QueueSetHandle_t set)
{
    RTOS_ASSERT_QUEUE_EXISTS(member);
    RTOS_ASSERT_QUEUE_EXISTS(set);
    UBaseType_t state = rtos_lock();
    bool may_join = member->object.set == NULL && rtos_object_count(&member->object) == 0;

    if (may_join)
        member->object.set = set;
    rtos_unlock(state);
    return may_join ? pdPASS : pdFAIL;
}

BaseType_t xQueueRemoveFromSet(QueueSetMemberHandle_t member, QueueSetHandle_t set)
{
    RTOS_ASSERT_QUEUE_EXISTS(member);
    RTOS_ASSERT_QUEUE_EXISTS(set);
    UBaseType_t state = rtos_lock();
    bool may_leave = member->object.set == set && rtos_object_count(&member->object) == 0;

    if (may_leave)
        member->object.set = NULL;
    rtos_unlock(state);
    return may_leave ? pdPASS : pdFAIL;
}

QueueSetMemberHandle_t xQueueSelectFromSet(QueueSetHandle_t set, const TickType_t ticks_to_wait)
{
    QueueSetMemberHandle_t member = NULL;

    (void)xQueueReceive(set, &member, ticks_to_wait);
    return member;
}

QueueSetMemberHandle_t xQueueSelectFromSetFromISR(QueueSetHandle_t set)
{
    QueueSetMemberHandle_t member = NULL;

    (void)xQueueReceiveFromISR(set, &member, NULL);
    return member;
}

#endif
