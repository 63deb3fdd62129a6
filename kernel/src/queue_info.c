/* SPDX-License-Identifier: MIT */
/* Questions about objects with a queue handle, and the registry that names them for debuggers. */
#include "object.h"

UBaseType_t rtos_object_limit(const struct rtos_object *object)
{
    if (rtos_is_queue(object))
        return RTOS_CONTAINER(object, const struct rtos_queue, object)->length;
    if (rtos_is_mutex(object))
        return 1;
    return RTOS_CONTAINER(object, const struct rtos_semaphore, object)->limit;
}

UBaseType_t uxQueueMessagesWaiting(const QueueHandle_t queue)
{
    configASSERT(queue != NULL);
    return queue->object.count;
}

UBaseType_t uxQueueMessagesWaitingFromISR(const QueueHandle_t queue)
{
    configASSERT(queue != NULL);
    return queue->object.count;
}

UBaseType_t uxQueueSpacesAvailable(const QueueHandle_t queue)
{
    configASSERT(queue != NULL);
    return rtos_object_limit(&queue->object) - queue->object.count;
}

BaseType_t xQueueIsQueueEmptyFromISR(const QueueHandle_t queue)
{
    configASSERT(queue != NULL);
    return queue->object.count == 0 ? pdTRUE : pdFALSE;
}

BaseType_t xQueueIsQueueFullFromISR(const QueueHandle_t queue)
{
    configASSERT(queue != NULL);
    return queue->object.count == rtos_object_limit(&queue->object) ? pdTRUE : pdFALSE;
}

UBaseType_t uxQueueGetQueueItemSize(QueueHandle_t queue)
{
    configASSERT(queue != NULL);
    return rtos_is_queue(&queue->object) ? queue->item_size : 0;
}

UBaseType_t uxQueueGetQueueLength(QueueHandle_t queue)
{
    configASSERT(queue != NULL);
    return rtos_object_limit(&queue->object);
}

uint8_t ucQueueGetQueueType(QueueHandle_t queue)
{
    return queue->object.type;
}

#if configUSE_TRACE_FACILITY == 1
void vQueueSetQueueNumber(QueueHandle_t queue, UBaseType_t number)
{
    queue->object.number = number;
}

UBaseType_t uxQueueGetQueueNumber(QueueHandle_t queue)
{
    return queue->object.number;
}
#endif

#if configQUEUE_REGISTRY_SIZE > 0
static struct {
    const char *name;
    QueueHandle_t queue;
} registry[configQUEUE_REGISTRY_SIZE];

/* Where a queue stands, or a free place for NULL; the registry's size when there is none. */
static size_t find(QueueHandle_t queue)
{
    size_t i = 0;

    while (i < configQUEUE_REGISTRY_SIZE && registry[i].queue != queue)
        i++;
    return i;
}

void vQueueAddToRegistry(QueueHandle_t queue, const char *name)
{
    configASSERT(queue != NULL);
    vTaskSuspendAll();
    size_t i = find(queue);
    if (i == configQUEUE_REGISTRY_SIZE)
        i = find(NULL);
    if (name != NULL && i < configQUEUE_REGISTRY_SIZE) {
        registry[i].name = name;
        registry[i].queue = queue;
        traceQUEUE_REGISTRY_ADD(queue, name);
    }
    (void)xTaskResumeAll();
}

void vQueueUnregisterQueue(QueueHandle_t queue)
{
    configASSERT(queue != NULL);
    vTaskSuspendAll();
    size_t i = find(queue);
    if (i < configQUEUE_REGISTRY_SIZE) {
        registry[i].name = NULL;
        registry[i].queue = NULL;
    }
    (void)xTaskResumeAll();
}

const char *pcQueueGetName(QueueHandle_t queue)
{
    configASSERT(queue != NULL);
    vTaskSuspendAll();
    size_t i = find(queue);
    const char *name = i < configQUEUE_REGISTRY_SIZE ? registry[i].name : NULL;
    (void)xTaskResumeAll();
    return name;
}
#endif
