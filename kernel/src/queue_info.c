/* SPDX-License-Identifier: MIT */
/* Questions about objects with a queue handle. */
#include "object.h"

UBaseType_t rtos_object_count(const struct rtos_object *object)
{
    if (rtos_is_queue(object))
        return RTOS_CONTAINER(object, const struct rtos_queue, object)->count;
    return rtos_is_mutex(object) ? !rtos_is_taken(object) : object->count;
}

UBaseType_t rtos_object_limit(const struct rtos_object *object)
{
    if (rtos_is_queue(object))
        return RTOS_CONTAINER(object, const struct rtos_queue, object)->length;
    return rtos_is_mutex(object) ? 1 : object->limit;
}

UBaseType_t uxQueueMessagesWaiting(const QueueHandle_t queue)
{
    RTOS_ASSERT_QUEUE_EXISTS(queue);
    return rtos_object_count(&queue->object);
}

UBaseType_t uxQueueMessagesWaitingFromISR(const QueueHandle_t queue)
{
    RTOS_ASSERT_QUEUE_EXISTS(queue);
    return rtos_object_count(&queue->object);
}

UBaseType_t uxQueueSpacesAvailable(const QueueHandle_t queue)
{
    RTOS_ASSERT_QUEUE_EXISTS(queue);
    return rtos_object_limit(&queue->object) - rtos_object_count(&queue->object);
}

BaseType_t xQueueIsQueueEmptyFromISR(const QueueHandle_t queue)
{
    RTOS_ASSERT_QUEUE_EXISTS(queue);
    return rtos_object_count(&queue->object) == 0 ? pdTRUE : pdFALSE;
}

BaseType_t xQueueIsQueueFullFromISR(const QueueHandle_t queue)
{
    RTOS_ASSERT_QUEUE_EXISTS(queue);
    return uxQueueSpacesAvailable(queue) == 0 ? pdTRUE : pdFALSE;
}

UBaseType_t uxQueueGetQueueItemSize(QueueHandle_t queue)
{
    RTOS_ASSERT_QUEUE_EXISTS(queue);
    return rtos_is_queue(&queue->object) ? queue->item_size : 0;
}

UBaseType_t uxQueueGetQueueLength(QueueHandle_t queue)
{
    RTOS_ASSERT_QUEUE_EXISTS(queue);
    return rtos_object_limit(&queue->object);
}

uint8_t ucQueueGetQueueType(QueueHandle_t queue)
{
    return queue->object.type;
}
