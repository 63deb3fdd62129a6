/* SPDX-License-Identifier: MIT */
/*
 * Creating, resetting and ending stream buffers, and their settings.
 */
#include "stream_buffer.h"

#if configUSE_STREAM_BUFFERS == 1

#include "create.h"
#include "stream_peer.h"
#include "stream_ring.h"
#include "wait.h"

/* Whether a buffer of `size` bytes of storage can do its work. */
static bool is_valid(size_t size, size_t trigger, BaseType_t type)
{
    const size_t least = type == sbTYPE_MESSAGE_BUFFER
                             ? sizeof(configMESSAGE_BUFFER_LENGTH_TYPE) + 2
                             : 2; /* one byte, and the one that stays free */

    return size >= least && trigger < size;
}

static void initialise(struct rtos_stream_buffer *buffer, uint8_t *storage, size_t size,
                       size_t trigger, BaseType_t type)
{
    memset(buffer, 0, sizeof *buffer);
    buffer->alive = RTOS_ALIVE;
    buffer->storage = storage;
    buffer->size = size;
    buffer->trigger = trigger == 0 ? 1 : trigger;
    buffer->type = (uint8_t)type;
    buffer->notification_index = tskDEFAULT_INDEX_TO_NOTIFY;
}

#if configSUPPORT_DYNAMIC_ALLOCATION == 1
StreamBufferHandle_t xStreamBufferGenericCreate(size_t size, size_t trigger, BaseType_t type,
                                                StreamBufferCallbackFunction_t sent,
                                                StreamBufferCallbackFunction_t received)
{
    struct rtos_stream_buffer *buffer = NULL;

    configASSERT(size == SIZE_MAX || is_valid(size + 1, trigger, type));
    if (size < SIZE_MAX - sizeof *buffer && is_valid(size + 1, trigger, type))
        buffer = pvPortMalloc(sizeof *buffer + size + 1);
    if (buffer == NULL) {
        traceSTREAM_BUFFER_CREATE_FAILED(type);
        return NULL;
    }
    initialise(buffer, (uint8_t *)(buffer + 1), size + 1, trigger, type);
    stream_set_callbacks(buffer, sent, received);
    traceSTREAM_BUFFER_CREATE(buffer, type);
    return buffer;
}
#endif

#if configSUPPORT_STATIC_ALLOCATION == 1
StreamBufferHandle_t xStreamBufferGenericCreateStatic(size_t size, size_t trigger, BaseType_t type,
                                                      uint8_t *const storage,
                                                      StaticStreamBuffer_t *const memory,
                                                      StreamBufferCallbackFunction_t sent,
                                                      StreamBufferCallbackFunction_t received)
{
    configASSERT(storage != NULL && memory != NULL && is_valid(size, trigger, type));
    if (storage == NULL || memory == NULL || !is_valid(size, trigger, type)) {
        traceSTREAM_BUFFER_CREATE_STATIC_FAILED(memory, type);
        return NULL;
    }
    initialise(memory, storage, size, trigger, type);
    memory->is_static = true;
    stream_set_callbacks(memory, sent, received);
    traceSTREAM_BUFFER_CREATE(memory, type);
    return memory;
}

BaseType_t xStreamBufferGetStaticBuffers(StreamBufferHandle_t buffer, uint8_t **storage,
                                         StaticStreamBuffer_t **memory)
{
    configASSERT(buffer != NULL && storage != NULL && memory != NULL);
    if (!buffer->is_static)
        return pdFALSE;
    *storage = buffer->storage;
    *memory = buffer;
    return pdTRUE;
}
#endif

static bool somebody_waits(const struct rtos_stream_buffer *buffer)
{
    return !rtos_nobody_waits(&buffer->reader) || !rtos_nobody_waits(&buffer->writer);
}

void vStreamBufferDelete(StreamBufferHandle_t buffer)
{
    RTOS_ASSERT_EXISTS(buffer);
    configASSERT(!somebody_waits(buffer));
    traceSTREAM_BUFFER_DELETE(buffer);
    bool is_static = buffer->is_static;
    memset(buffer, 0, sizeof *buffer);
    if (!is_static)
        rtos_free(buffer);
}

static bool reset(struct rtos_stream_buffer *buffer)
{
    UBaseType_t state = rtos_lock();
    bool idle = !somebody_waits(buffer);

    if (idle) {
        buffer->head = 0;
        buffer->tail = 0;
    }
    rtos_unlock(state);
    return idle;
}

BaseType_t xStreamBufferReset(StreamBufferHandle_t buffer)
{
    RTOS_ASSERT_EXISTS(buffer);
    if (!reset(buffer))
        return pdFAIL;
    traceSTREAM_BUFFER_RESET(buffer);
    return pdPASS;
}

BaseType_t xStreamBufferResetFromISR(StreamBufferHandle_t buffer)
{
    RTOS_ASSERT_EXISTS(buffer);
    RTOS_ASSERT_IN_ISR();
    if (!reset(buffer))
        return pdFAIL;
    traceSTREAM_BUFFER_RESET_FROM_ISR(buffer);
    return pdPASS;
}

BaseType_t xStreamBufferSetTriggerLevel(StreamBufferHandle_t buffer, size_t trigger)
{
    RTOS_ASSERT_EXISTS(buffer);
    if (trigger > stream_capacity(buffer))
        return pdFALSE;
    UBaseType_t state = rtos_lock();
    buffer->trigger = trigger == 0 ? 1 : trigger;
    if (stream_used(buffer) >= buffer->trigger)
        (void)rtos_wake_one(&buffer->reader);
    rtos_unlock(state);
    return pdTRUE;
}

UBaseType_t uxStreamBufferGetStreamBufferNotificationIndex(StreamBufferHandle_t buffer)
{
    RTOS_ASSERT_EXISTS(buffer);
    return buffer->notification_index;
}

void vStreamBufferSetStreamBufferNotificationIndex(StreamBufferHandle_t buffer, UBaseType_t index)
{
    RTOS_ASSERT_EXISTS(buffer);
    configASSERT(!somebody_waits(buffer));
    configASSERT(index < configTASK_NOTIFICATION_ARRAY_ENTRIES);
    buffer->notification_index = index;
}

#endif
