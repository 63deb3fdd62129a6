/* SPDX-License-Identifier: MIT */
/* Tasks, queues, semaphores and mutexes in memory from the heap. */
#include "create.h"

#if configSUPPORT_DYNAMIC_ALLOCATION == 1

BaseType_t xTaskCreate(TaskFunction_t code, const char *const name,
                       const configSTACK_DEPTH_TYPE stack_depth, void *const parameter,
                       UBaseType_t priority, TaskHandle_t *const created)
{
    struct rtos_task *task = NULL;
    StackType_t *stack = NULL;
    size_t words = stack_depth;

    configASSERT(code != NULL && stack_depth > 0 && priority < configMAX_PRIORITIES);
    if (words > 0 && words <= SIZE_MAX / sizeof(StackType_t))
        stack = pvPortMallocStack(words * sizeof(StackType_t));
    if (stack != NULL)
        task = pvPortMalloc(sizeof *task);
    if (task == NULL) {
        vPortFreeStack(stack);
        traceTASK_CREATE_FAILED();
        return errCOULD_NOT_ALLOCATE_REQUIRED_MEMORY;
    }
    if (created != NULL)
        *created = task; /* before the new task can run */
    rtos_task_make(
        task, &(struct rtos_task_plan){code, parameter, name, stack, stack_depth, priority, 0});
    return pdPASS;
}

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
    return rtos_queue_make(queue, length, item_size, (uint8_t *)(queue + 1), type);
}

static QueueHandle_t create_semaphore(uint8_t type, UBaseType_t limit, UBaseType_t initial)
{
    struct rtos_object *semaphore = pvPortMalloc(sizeof *semaphore);

    return semaphore != NULL ? rtos_semaphore_make(semaphore, type, limit, initial) : NULL;
}

QueueHandle_t rtos_semaphore_create_binary(void)
{
    QueueHandle_t semaphore = create_semaphore(queueQUEUE_TYPE_BINARY_SEMAPHORE, 1, 0);

    if (semaphore == NULL) {
        traceQUEUE_CREATE_FAILED(queueQUEUE_TYPE_BINARY_SEMAPHORE);
    } else {
        traceQUEUE_CREATE(semaphore);
    }
    return semaphore;
}

QueueHandle_t xQueueCreateCountingSemaphore(const UBaseType_t limit, const UBaseType_t initial)
{
    QueueHandle_t semaphore = NULL;

    configASSERT(limit > 0 && initial <= limit);
    if (limit > 0 && initial <= limit)
        semaphore = create_semaphore(queueQUEUE_TYPE_COUNTING_SEMAPHORE, limit, initial);
    if (semaphore == NULL) {
        traceCREATE_COUNTING_SEMAPHORE_FAILED();
    } else {
        traceCREATE_COUNTING_SEMAPHORE();
    }
    return semaphore;
}

QueueHandle_t xQueueCreateMutex(const uint8_t type)
{
    struct rtos_mutex *mutex = pvPortMalloc(sizeof *mutex);

    if (mutex == NULL) {
        traceCREATE_MUTEX_FAILED();
        return NULL;
    }
    return rtos_mutex_make(mutex, type);
}

QueueSetHandle_t xQueueCreateSet(const UBaseType_t length)
{
    return xQueueGenericCreate(length, sizeof(QueueHandle_t), queueQUEUE_TYPE_SET);
}

#endif
