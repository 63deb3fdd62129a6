/* SPDX-License-Identifier: MIT */
/* Queues come and go; so does every other object with a queue handle go. */
#include "object.h"

#include "inherit.h"
#include "wait.h"

#include <string.h>

static void initialise(struct rtos_queue *queue, UBaseType_t length, UBaseType_t item_size,
                       uint8_t *storage, uint8_t type)
{
    memset(queue, 0, sizeof *queue);
    queue->object.type = type;
    queue->storage = storage;
    queue->length = length;
    queue->item_size = item_size;
    traceQUEUE_CREATE(queue);
}

#if configSUPPORT_DYNAMIC_ALLOCATION == 1
static bool size_overflows(UBaseType_t length, UBaseType_t item_size)
{
    return item_size != 0 && length > (SIZE_MAX - sizeof(struct rtos_queue)) / item_size;
}

QueueHandle_t xQueueGenericCreate(const UBaseType_t length, const UBaseType_t item_size,
                                  const uint8_t type)
{
    struct rtos_queue *queue = NULL;

    if (length > 0 && !size_overflows(length, item_size))
        queue = pvPortMalloc(sizeof *queue + (size_t)length * item_size);
    if (queue == NULL) {
        traceQUEUE_CREATE_FAILED(type);
        return NULL;
    }
    initialise(queue, length, item_size, (uint8_t *)(queue + 1), type);
    return queue;
}
#endif

#if configSUPPORT_STATIC_ALLOCATION == 1
QueueHandle_t xQueueGenericCreateStatic(const UBaseType_t length, const UBaseType_t item_size,
                                        uint8_t *storage, StaticQueue_t *queue, const uint8_t type)
{
    configASSERT(queue != NULL && length > 0);
    configASSERT((storage != NULL) == (item_size != 0));
    if (queue == NULL || length == 0 || (item_size != 0 && storage == NULL)) {
        traceQUEUE_CREATE_FAILED(type);
        return NULL;
    }
    initialise(queue, length, item_size, storage, type);
    queue->object.is_static = 1;
    return queue;
}

BaseType_t xQueueGenericGetStaticBuffers(QueueHandle_t queue, uint8_t **storage,
                                         StaticQueue_t **buffer)
{
    configASSERT(queue != NULL && buffer != NULL);
    if (!queue->object.is_static)
        return pdFALSE;
    *buffer = queue;
    if (storage != NULL)
        *storage = queue->storage;
    return pdTRUE;
}
#endif

void vQueueDelete(QueueHandle_t queue)
{
    configASSERT(queue != NULL);
    traceQUEUE_DELETE(queue);
#if configQUEUE_REGISTRY_SIZE > 0
    vQueueUnregisterQueue(queue);
#endif
    bool is_mutex = rtos_is_mutex(&queue->object);
    configASSERT(rtos_nobody_waits(&queue->object.receivers));
    if (is_mutex && rtos_as_mutex(&queue->object)->holder != NULL) {
        UBaseType_t state = rtos_lock();
        rtos_mutex_let_go(rtos_as_mutex(&queue->object));
        rtos_unlock_and_switch(state);
    }
#if configSUPPORT_DYNAMIC_ALLOCATION == 1
    if (!queue->object.is_static)
        vPortFree(queue);
#endif
}
