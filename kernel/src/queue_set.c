/* SPDX-License-Identifier: MIT */
/*
 * Queue sets: a queue of handles. Whenever a member gets something to take, its handle goes in; so
 * the set holds one entry for everything that can be taken from its members.
 */
#include "object.h"

#include "wait.h"

#include <string.h>

#if configUSE_QUEUE_SETS == 1

bool rtos_set_announce(struct rtos_object *object)
{
    struct rtos_queue *set = object->set;
    QueueHandle_t member = rtos_handle_of(object);

    traceQUEUE_SET_SEND(set);
    configASSERT(set->count < set->length); /* it is shorter than its members together */
    if (set->count == set->length)
        return false;
    set->count++;
    memcpy(set->write, &member, sizeof member);
    set->write = rtos_queue_wrapped(set, set->write + sizeof member);
    return rtos_wake_one(&set->object.receivers);
}

static void belong_to(QueueSetMemberHandle_t member, QueueSetHandle_t set)
{
    member->object.set = set;
    if (rtos_is_queue(&member->object))
        rtos_queue_choose_copy(member);
}

BaseType_t xQueueAddToSet(QueueSetMemberHandle_t member, QueueSetHandle_t set)
{
    RTOS_ASSERT_QUEUE_EXISTS(member);
    RTOS_ASSERT_QUEUE_EXISTS(set);
    UBaseType_t state = rtos_lock();
    bool may_join = member->object.set == NULL && rtos_object_count(&member->object) == 0;

    if (may_join)
        belong_to(member, set);
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
        belong_to(member, NULL);
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
