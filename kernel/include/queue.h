/* SPDX-License-Identifier: MIT */
/*
 * Queues of items of one size, copied in and out, and what is common to all objects with a queue
 * handle: semaphores and mutexes (semphr.h) and queue sets.
 *
 * Functions that can wait take ticks_to_wait: 0 returns at once, portMAX_DELAY waits without end.
 * They are called from tasks (with 0 also before the scheduler starts), those named …FromISR from
 * interrupts; a FromISR function sets *switch_needed to pdTRUE when a task of higher priority than
 * the interrupted one became ready, and leaves it alone otherwise; it may be NULL.
 *
 * A long item, of 3 bytes or of more than 4 but not of 8, 12 or 16, is copied in parts, interrupts open
 * between them, and again from its beginning when something happened to the queue meanwhile; so what a receiver's
 * buffer holds after a failure is undefined. To an interrupt the queue is empty while a task overwrites
 * such an item. In a set every item but one of 4 bytes is long.
 */
#pragma once

#include "FreeRTOS.h"

#include "task.h"

typedef struct rtos_queue *QueueHandle_t;
typedef struct rtos_queue *QueueSetHandle_t;
typedef struct rtos_queue *QueueSetMemberHandle_t;

#define queueSEND_TO_BACK                  ((BaseType_t)0)
#define queueSEND_TO_FRONT                 ((BaseType_t)1)
#define queueOVERWRITE                     ((BaseType_t)2)

#define queueQUEUE_TYPE_BASE               ((uint8_t)0U)
#define queueQUEUE_TYPE_MUTEX              ((uint8_t)1U)
#define queueQUEUE_TYPE_COUNTING_SEMAPHORE ((uint8_t)2U)
#define queueQUEUE_TYPE_BINARY_SEMAPHORE   ((uint8_t)3U)
#define queueQUEUE_TYPE_RECURSIVE_MUTEX    ((uint8_t)4U)
#define queueQUEUE_TYPE_SET                ((uint8_t)5U)

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Creation -------------------------------------------------------------------------------- */

/* A queue of `length` (>= 1) items of `item_size` bytes, from the heap; NULL when there is no
 * memory or the size overflows. The static form uses `storage` (length * item_size bytes; may be
 * NULL for an item size of 0) and `queue`, which stay the caller's. */
#define xQueueCreate(length, item_size)                                                            \
    xQueueGenericCreate((length), (item_size), queueQUEUE_TYPE_BASE)
#define xQueueCreateStatic(length, item_size, storage, queue)                                      \
    xQueueGenericCreateStatic((length), (item_size), (storage), (queue), queueQUEUE_TYPE_BASE)
QueueHandle_t xQueueGenericCreate(const UBaseType_t length, const UBaseType_t item_size,
                                  const uint8_t type);
QueueHandle_t xQueueGenericCreateStatic(const UBaseType_t length, const UBaseType_t item_size,
                                        uint8_t *storage, StaticQueue_t *queue, const uint8_t type);

/* The memory given at static creation; pdFALSE for an object from the heap. */
#define xQueueGetStaticBuffers(queue, storage, buffer)                                             \
    xQueueGenericGetStaticBuffers((queue), (storage), (buffer))
BaseType_t xQueueGenericGetStaticBuffers(QueueHandle_t queue, uint8_t **storage,
                                         StaticQueue_t **buffer);

/* Ends any object with a queue handle. Nobody may wait on it. */
void vQueueDelete(QueueHandle_t queue);

/* Empties a queue; a waiting sender may go on. Returns pdPASS. */
#define xQueueReset(queue) xQueueGenericReset((queue), pdFALSE)
BaseType_t xQueueGenericReset(QueueHandle_t queue, BaseType_t is_new);

/* ---- Sending and receiving --------------------------------------------------------------------
 */

/* pdPASS, or errQUEUE_FULL when no room came in time. queueOVERWRITE (queues of length 1) always
 * succeeds. */
BaseType_t xQueueGenericSend(QueueHandle_t queue, const void *const item, TickType_t ticks_to_wait,
                             const BaseType_t position);
#define xQueueSendToFront(queue, item, ticks_to_wait)                                              \
    xQueueGenericSend((queue), (item), (ticks_to_wait), queueSEND_TO_FRONT)
#define xQueueSendToBack(queue, item, ticks_to_wait)                                               \
    xQueueGenericSend((queue), (item), (ticks_to_wait), queueSEND_TO_BACK)
#define xQueueSend(queue, item, ticks_to_wait) xQueueSendToBack((queue), (item), (ticks_to_wait))
#define xQueueOverwrite(queue, item)           xQueueGenericSend((queue), (item), 0, queueOVERWRITE)

BaseType_t xQueueGenericSendFromISR(QueueHandle_t queue, const void *const item,
                                    BaseType_t *const switch_needed, const BaseType_t position);
#define xQueueSendToFrontFromISR(queue, item, switch_needed)                                       \
    xQueueGenericSendFromISR((queue), (item), (switch_needed), queueSEND_TO_FRONT)
#define xQueueSendToBackFromISR(queue, item, switch_needed)                                        \
    xQueueGenericSendFromISR((queue), (item), (switch_needed), queueSEND_TO_BACK)
#define xQueueSendFromISR(queue, item, switch_needed)                                              \
    xQueueSendToBackFromISR((queue), (item), (switch_needed))
#define xQueueOverwriteFromISR(queue, item, switch_needed)                                         \
    xQueueGenericSendFromISR((queue), (item), (switch_needed), queueOVERWRITE)

/* Takes the oldest item, or copies it and leaves it there. pdPASS, or errQUEUE_EMPTY. */
BaseType_t xQueueReceive(QueueHandle_t queue, void *const item, TickType_t ticks_to_wait);
BaseType_t xQueuePeek(QueueHandle_t queue, void *const item, TickType_t ticks_to_wait);
BaseType_t xQueueReceiveFromISR(QueueHandle_t queue, void *const item,
                                BaseType_t *const switch_needed);
BaseType_t xQueuePeekFromISR(QueueHandle_t queue, void *const item);

UBaseType_t uxQueueMessagesWaiting(const QueueHandle_t queue);
UBaseType_t uxQueueMessagesWaitingFromISR(const QueueHandle_t queue);
UBaseType_t uxQueueSpacesAvailable(const QueueHandle_t queue);
BaseType_t xQueueIsQueueEmptyFromISR(const QueueHandle_t queue);
BaseType_t xQueueIsQueueFullFromISR(const QueueHandle_t queue);
UBaseType_t uxQueueGetQueueItemSize(QueueHandle_t queue);
UBaseType_t uxQueueGetQueueLength(QueueHandle_t queue);

/* ---- Semaphores and mutexes: use semphr.h ------------------------------------------------------
 */

#if RTOS_OFFERS(configUSE_MUTEXES)
QueueHandle_t xQueueCreateMutex(const uint8_t type);
QueueHandle_t xQueueCreateMutexStatic(const uint8_t type, StaticSemaphore_t *mutex);
#endif
#if RTOS_OFFERS(configUSE_COUNTING_SEMAPHORES)
QueueHandle_t xQueueCreateCountingSemaphore(const UBaseType_t limit, const UBaseType_t initial);
QueueHandle_t xQueueCreateCountingSemaphoreStatic(const UBaseType_t limit,
                                                  const UBaseType_t initial,
                                                  StaticSemaphore_t *semaphore);
#endif
/* A counting semaphore in the caller's memory whatever the options are, for libraries. */
QueueHandle_t rtos_semaphore_create_here(StaticSemaphore_t *memory, UBaseType_t limit,
                                         UBaseType_t initial);
QueueHandle_t rtos_semaphore_create_binary(void);
QueueHandle_t rtos_semaphore_create_binary_static(StaticSemaphore_t *semaphore);
BaseType_t rtos_semaphore_get_static_buffer(QueueHandle_t semaphore, StaticSemaphore_t **buffer);
BaseType_t rtos_semaphore_give(QueueHandle_t semaphore);
BaseType_t xQueueSemaphoreTake(QueueHandle_t semaphore, TickType_t ticks_to_wait);
BaseType_t xQueueGiveFromISR(QueueHandle_t semaphore, BaseType_t *const switch_needed);
#if RTOS_OFFERS(configUSE_RECURSIVE_MUTEXES)
BaseType_t xQueueTakeMutexRecursive(QueueHandle_t mutex, TickType_t ticks_to_wait);
BaseType_t xQueueGiveMutexRecursive(QueueHandle_t mutex);
#endif
#if RTOS_OFFERS(configUSE_MUTEXES && INCLUDE_xSemaphoreGetMutexHolder)
TaskHandle_t xQueueGetMutexHolder(QueueHandle_t mutex);
TaskHandle_t xQueueGetMutexHolderFromISR(QueueHandle_t mutex);
#endif

/* ---- Queue sets --------------------------------------------------------------------------------
 */

/* A set that can report `length` events: the sum of the lengths of its members (1 for a binary
 * semaphore or mutex). A member is added and removed while it is empty. */
QueueSetHandle_t xQueueCreateSet(const UBaseType_t length);
QueueSetHandle_t xQueueCreateSetStatic(const UBaseType_t length, uint8_t *storage,
                                       StaticQueue_t *set);
BaseType_t xQueueAddToSet(QueueSetMemberHandle_t member, QueueSetHandle_t set);
BaseType_t xQueueRemoveFromSet(QueueSetMemberHandle_t member, QueueSetHandle_t set);

/* Waits for a member that can be taken from and returns it, or NULL. */
QueueSetMemberHandle_t xQueueSelectFromSet(QueueSetHandle_t set, const TickType_t ticks_to_wait);
QueueSetMemberHandle_t xQueueSelectFromSetFromISR(QueueSetHandle_t set);

/* ---- Co-routines: use croutine.h ---------------------------------------------------------------
 */

/* For the macros of croutine.h: pdPASS, errQUEUE_FULL, errQUEUE_EMPTY, or errQUEUE_BLOCKED: the
 * co-routine was made to wait and must return; or errQUEUE_YIELD: done, and another should run. */
#if configUSE_CO_ROUTINES == 1
BaseType_t xQueueCRSend(QueueHandle_t queue, const void *item, TickType_t ticks_to_wait);
BaseType_t xQueueCRReceive(QueueHandle_t queue, void *item, TickType_t ticks_to_wait);
BaseType_t xQueueCRSendFromISR(QueueHandle_t queue, const void *item, BaseType_t woken_before);
BaseType_t xQueueCRReceiveFromISR(QueueHandle_t queue, void *item, BaseType_t *woken);
#endif

/* ---- For debuggers and tracers ------------------------------------------------------------------
 */

void vQueueSetQueueNumber(QueueHandle_t queue, UBaseType_t number);
UBaseType_t uxQueueGetQueueNumber(QueueHandle_t queue);
uint8_t ucQueueGetQueueType(QueueHandle_t queue);

#ifdef __cplusplus
}
#endif
