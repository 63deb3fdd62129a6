/* SPDX-License-Identifier: MIT */
/* Tasks, queues, semaphores and mutexes in memory of the caller, and which memory that was. */
#include "create.h"

#if configSUPPORT_STATIC_ALLOCATION == 1

TaskHandle_t xTaskCreateStatic(TaskFunction_t code, const char *const name,
                               const configSTACK_DEPTH_TYPE stack_depth, void *const parameter,
                               UBaseType_t priority, StackType_t *const stack,
                               StaticTask_t *const task)
{
    configASSERT(code != NULL && stack_depth > 0 && stack != NULL && task != NULL);
    if (stack == NULL || task == NULL || stack_depth == 0) {
        traceTASK_CREATE_FAILED();
        return NULL;
    }
    rtos_task_make(task,
                   &(struct rtos_task_plan){code, parameter, name, stack, stack_depth, priority,
                                            RTOS_TASK_STATIC_TCB | RTOS_TASK_STATIC_STACK});
    return task;
}

BaseType_t xTaskGetStaticBuffers(TaskHandle_t handle, StackType_t **stack, StaticTask_t **buffer)
{
    struct rtos_task *task = rtos_task_or_self(handle);

    configASSERT(stack != NULL && buffer != NULL);
    if (!(task->flags & RTOS_TASK_STATIC_STACK))
        return pdFALSE;
    *stack = task->stack;
    *buffer = task->flags & RTOS_TASK_STATIC_TCB ? task : NULL;
    return pdTRUE;
}

/* An object in the caller's memory is never freed. */
static QueueHandle_t mark_static(QueueHandle_t handle)
{
    handle->object.is_static = 1;
    return handle;
}

QueueHandle_t xQueueGenericCreateStatic(const UBaseType_t length, const UBaseType_t item_size,
                                        uint8_t *storage, StaticQueue_t *queue, const uint8_t type)
{
    configASSERT(queue != NULL && length > 0);
    configASSERT((storage != NULL) == (item_size != 0));
    if (queue == NULL || length == 0 || (item_size != 0 && storage == NULL)) {
        traceQUEUE_CREATE_FAILED(type);
        return NULL;
    }
    return mark_static(rtos_queue_make(queue, length, item_size, storage, type));
}

BaseType_t xQueueGenericGetStaticBuffers(QueueHandle_t queue, uint8_t **storage,
                                         StaticQueue_t **buffer)
{
    configASSERT(queue != NULL && buffer != NULL);
    if (!queue->object.is_static)
        return pdFALSE;
    *buffer = queue;
    if (storage != NULL)
        *storage = queue->item_size != 0 ? queue->storage : NULL;
    return pdTRUE;
}

QueueHandle_t rtos_semaphore_create_binary_static(StaticSemaphore_t *buffer)
{
    configASSERT(buffer != NULL);
    if (buffer == NULL)
        return NULL;
    return mark_static(
        rtos_semaphore_make(&buffer->object, queueQUEUE_TYPE_BINARY_SEMAPHORE, 1, 0));
}

QueueHandle_t xQueueCreateCountingSemaphoreStatic(const UBaseType_t limit,
                                                  const UBaseType_t initial,
                                                  StaticSemaphore_t *buffer)
{
    configASSERT(buffer != NULL && limit > 0 && initial <= limit);
    if (buffer == NULL || limit == 0 || initial > limit)
        return NULL;
    return mark_static(
        rtos_semaphore_make(&buffer->object, queueQUEUE_TYPE_COUNTING_SEMAPHORE, limit, initial));
}

QueueHandle_t xQueueCreateMutexStatic(const uint8_t type, StaticSemaphore_t *buffer)
{
    configASSERT(buffer != NULL);
    if (buffer == NULL) {
        traceCREATE_MUTEX_FAILED();
        return NULL;
    }
    return mark_static(rtos_mutex_make(&buffer->mutex, type));
}

BaseType_t rtos_semaphore_get_static_buffer(QueueHandle_t semaphore, StaticSemaphore_t **buffer)
{
    configASSERT(semaphore != NULL && buffer != NULL);
    if (!semaphore->object.is_static)
        return pdFALSE;
    *buffer = RTOS_CONTAINER(&semaphore->object, StaticSemaphore_t, object);
    return pdTRUE;
}

QueueSetHandle_t xQueueCreateSetStatic(const UBaseType_t length, uint8_t *storage,
                                       StaticQueue_t *set)
{
    return xQueueGenericCreateStatic(length, sizeof(QueueHandle_t), storage, set,
                                     queueQUEUE_TYPE_SET);
}

#endif
