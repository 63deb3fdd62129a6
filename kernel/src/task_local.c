/* SPDX-License-Identifier: MIT */
/* What a task carries for the application: its tag, its storage pointers, its errno. */
#include "kernel.h"

#if configUSE_APPLICATION_TASK_TAG == 1
void vTaskSetApplicationTaskTag(TaskHandle_t handle, TaskHookFunction_t tag)
{
    struct rtos_task *task = rtos_task_or_self(handle);
    UBaseType_t state = rtos_lock();

    task->tag = tag;
    rtos_unlock(state);
}

TaskHookFunction_t xTaskGetApplicationTaskTag(TaskHandle_t task)
{
    return rtos_task_or_self(task)->tag;
}

TaskHookFunction_t xTaskGetApplicationTaskTagFromISR(TaskHandle_t task)
{
    return rtos_task_or_self(task)->tag;
}

BaseType_t xTaskCallApplicationTaskHook(TaskHandle_t task, void *parameter)
{
    TaskHookFunction_t tag = rtos_task_or_self(task)->tag;

    return tag != NULL ? tag(parameter) : pdFAIL;
}
#endif

#if configNUM_THREAD_LOCAL_STORAGE_POINTERS > 0
static bool is_slot(BaseType_t index)
{
    return index >= 0 && index < configNUM_THREAD_LOCAL_STORAGE_POINTERS;
}

void vTaskSetThreadLocalStoragePointer(TaskHandle_t task, BaseType_t index, void *value)
{
    if (is_slot(index))
        rtos_task_or_self(task)->local_storage[index] = value;
}

void *pvTaskGetThreadLocalStoragePointer(TaskHandle_t task, BaseType_t index)
{
    return is_slot(index) ? rtos_task_or_self(task)->local_storage[index] : NULL;
}
#endif

#if configUSE_POSIX_ERRNO == 1
int FreeRTOS_errno;
#endif
