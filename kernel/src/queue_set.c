/* SPDX-License-Identifier: MIT */
/*
 * Queue sets: a queue of handles. Whenever a member gets something to take, its handle goes in; so
 * the set holds one entry for everything that can be taken from its members.
 */
#include "object.h"

#include "wait.h"

void rtos_object_announce(struct rtos_object *object)
{
#if configUSE_QUEUE_SETS == 1
    if (object->set != NULL) {
        QueueHandle_t member = rtos_handle_of(object);
        bool fits = rtos_queue_push(object->set, &member, queueSEND_TO_BACK);
        traceQUEUE_SET_SEND(object->set);
        configASSERT(fits); /* the set is shorter than its members together */
        (void)fits;
        return;
    }
#endif
    rtos_wake_one(&object->receivers);
}

#if configUSE_QUEUE_SETS == 1

#if configSUPPORT_DYNAMIC_ALLOCATION == 1
QueueSetHandle_t xQueueCreateSet(const UBaseType_t length)
{
    return xQueueGenericCreate(length, sizeof(QueueHandle_t), queueQUEUE_TYPE_SET);
}
#endif

#if configSUPPORT_STATIC_ALLOCATION == 1
QueueSetHandle_t xQueueCreateSetStatic(const UBaseType_t length, uint8_t *storage,
                                       StaticQueue_t *set)
{
    return xQueueGenericCreateStatic(length, sizeof(QueueHandle_t), storage, set,
                                     queueQUEUE_TYPE_SET);
}
#endif

BaseType_t xQueueAddToSet(QueueSetMemberHandle_t member, QueueSetHandle_t set)
{
    configASSERT(member != NULL && set != NULL);
    UBaseType_t state = rtos_lock();
    bool may_join = member->object.set == NULL && member->object.count == 0;

    if (may_join)
        member->object.set = set;
    rtos_unlock(state);
    return may_join ? pdPASS : pdFAIL;
}

BaseType_t xQueueRemoveFromSet(QueueSetMemberHandle_t member, QueueSetHandle_t set)
{
    configASSERT(member != NULL && set != NULL);
    UBaseType_t state = rtos_lock();
    bool may_leave = member->object.set == set && member->object.count == 0;

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
