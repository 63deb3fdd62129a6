/* SPDX-License-Identifier: MIT */
/* Names of queues for debuggers, in a table that a debugger reads. */
#include "object.h"

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
