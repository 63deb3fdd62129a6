/* SPDX-License-Identifier: MIT */
/*
 * Semaphores and mutexes.
 *
 * A binary semaphore is created taken, a counting one with the count given, a mutex free. A mutex
 * is given by the task that took it, never from an interrupt; while a task of higher priority waits
 * for it, the holder runs at that priority. Ticks and switch_needed are as in queue.h.
 */
#pragma once

#include "FreeRTOS.h"

#include "queue.h"

typedef QueueHandle_t SemaphoreHandle_t;

#define semBINARY_SEMAPHORE_QUEUE_LENGTH         ((uint8_t)1U)
#define semSEMAPHORE_QUEUE_ITEM_LENGTH           ((uint8_t)0U)
#define semGIVE_BLOCK_TIME                       ((TickType_t)0U)

#define xSemaphoreCreateBinary()                 rtos_semaphore_create_binary()
#define xSemaphoreCreateBinaryStatic(semaphore)  rtos_semaphore_create_binary_static(semaphore)
#define xSemaphoreCreateCounting(limit, initial) xQueueCreateCountingSemaphore((limit), (initial))
#define xSemaphoreCreateCountingStatic(limit, initial, semaphore)                                  \
    xQueueCreateCountingSemaphoreStatic((limit), (initial), (semaphore))
#define xSemaphoreCreateMutex()            xQueueCreateMutex(queueQUEUE_TYPE_MUTEX)
#define xSemaphoreCreateMutexStatic(mutex) xQueueCreateMutexStatic(queueQUEUE_TYPE_MUTEX, (mutex))
#define xSemaphoreCreateRecursiveMutex()   xQueueCreateMutex(queueQUEUE_TYPE_RECURSIVE_MUTEX)
#define xSemaphoreCreateRecursiveMutexStatic(mutex)                                                \
    xQueueCreateMutexStatic(queueQUEUE_TYPE_RECURSIVE_MUTEX, (mutex))

/* The form of old applications: created given. */
#define vSemaphoreCreateBinary(semaphore)                                                          \
    do {                                                                                           \
        (semaphore) = xSemaphoreCreateBinary();                                                    \
        if ((semaphore) != NULL)                                                                   \
            (void)xSemaphoreGive(semaphore);                                                       \
    } while (0)

#define vSemaphoreDelete(semaphore) vQueueDelete(semaphore)

/* pdPASS, or pdFAIL when it could not be taken in time. */
#define xSemaphoreTake(semaphore, ticks_to_wait) xQueueSemaphoreTake((semaphore), (ticks_to_wait))
#define xSemaphoreTakeRecursive(mutex, ticks_to_wait)                                              \
    xQueueTakeMutexRecursive((mutex), (ticks_to_wait))
#define xSemaphoreTakeFromISR(semaphore, switch_needed)                                            \
    xQueueReceiveFromISR((semaphore), NULL, (switch_needed))

/* pdPASS, or pdFAIL: the semaphore is at its limit, or the mutex is not the caller's. */
#define xSemaphoreGive(semaphore)      rtos_semaphore_give(semaphore)
#define xSemaphoreGiveRecursive(mutex) xQueueGiveMutexRecursive(mutex)
#define xSemaphoreGiveFromISR(semaphore, switch_needed)                                            \
    xQueueGiveFromISR((semaphore), (switch_needed))

/* Who holds the mutex now, or NULL. Another task's answer may be stale when it arrives. */
#define xSemaphoreGetMutexHolder(mutex)        xQueueGetMutexHolder(mutex)
#define xSemaphoreGetMutexHolderFromISR(mutex) xQueueGetMutexHolderFromISR(mutex)

#define uxSemaphoreGetCount(semaphore)         uxQueueMessagesWaiting(semaphore)
#define uxSemaphoreGetCountFromISR(semaphore)  uxQueueMessagesWaitingFromISR(semaphore)
#define xSemaphoreGetStaticBuffer(semaphore, buffer)                                               \
    rtos_semaphore_get_static_buffer((semaphore), (buffer))
