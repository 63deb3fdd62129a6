/* SPDX-License-Identifier: MIT */
/*
 * Stream buffers: bytes from one writer to one reader, each a task or an interrupt. Batching
 * buffers are streams whose reader is woken only by a full batch. Message buffers
 * (message_buffer.h) carry whole messages over the same mechanism.
 *
 * There must be no more than one writer and one reader at a time: several need a lock of their own
 * around a call with ticks_to_wait 0. Functions are called from tasks unless they are named
 * …FromISR; those set *switch_needed to pdTRUE when they wake a task that should run at once.
 */
#pragma once

#include "FreeRTOS.h"
#include "task.h"

#ifdef __cplusplus
extern "C" {
#endif

#define sbTYPE_STREAM_BUFFER          ((BaseType_t)0)
#define sbTYPE_MESSAGE_BUFFER         ((BaseType_t)1)
#define sbTYPE_STREAM_BATCHING_BUFFER ((BaseType_t)2)

typedef struct rtos_stream_buffer *StreamBufferHandle_t;

/* Called instead of waking the other side, with configUSE_SB_COMPLETED_CALLBACK. */
typedef void (*StreamBufferCallbackFunction_t)(StreamBufferHandle_t buffer, BaseType_t in_interrupt,
                                               BaseType_t *const switch_needed);

/* Creates a buffer that holds `size` bytes, from the heap; NULL when there is no memory. A reader
 * that found it empty is woken when `trigger` bytes (1 to size; 0 counts as 1) are there. The
 * callbacks may be NULL and need configUSE_SB_COMPLETED_CALLBACK. */
#define xStreamBufferCreate(size, trigger)                                                         \
    xStreamBufferGenericCreate((size), (trigger), sbTYPE_STREAM_BUFFER, NULL, NULL)
#define xStreamBufferCreateWithCallback(size, trigger, sent, received)                             \
    xStreamBufferGenericCreate((size), (trigger), sbTYPE_STREAM_BUFFER, (sent), (received))
#define xStreamBatchingBufferCreate(size, trigger)                                                 \
    xStreamBufferGenericCreate((size), (trigger), sbTYPE_STREAM_BATCHING_BUFFER, NULL, NULL)
#define xStreamBatchingBufferCreateWithCallback(size, trigger, sent, received)                     \
    xStreamBufferGenericCreate((size), (trigger), sbTYPE_STREAM_BATCHING_BUFFER, (sent), (received))

/* The same in the caller's memory: `storage` has `size` bytes, one of which stays unused, so that
 * the buffer holds size - 1. */
#define xStreamBufferCreateStatic(size, trigger, storage, memory)                                  \
    xStreamBufferGenericCreateStatic((size), (trigger), sbTYPE_STREAM_BUFFER, (storage), (memory), \
                                     NULL, NULL)
#define xStreamBufferCreateStaticWithCallback(size, trigger, storage, memory, sent, received)      \
    xStreamBufferGenericCreateStatic((size), (trigger), sbTYPE_STREAM_BUFFER, (storage), (memory), \
                                     (sent), (received))
#define xStreamBatchingBufferCreateStatic(size, trigger, storage, memory)                          \
    xStreamBufferGenericCreateStatic((size), (trigger), sbTYPE_STREAM_BATCHING_BUFFER, (storage),  \
                                     (memory), NULL, NULL)
#define xStreamBatchingBufferCreateStaticWithCallback(size, trigger, storage, memory, sent,        \
                                                      received)                                    \
    xStreamBufferGenericCreateStatic((size), (trigger), sbTYPE_STREAM_BATCHING_BUFFER, (storage),  \
                                     (memory), (sent), (received))

StreamBufferHandle_t xStreamBufferGenericCreate(size_t size, size_t trigger, BaseType_t type,
                                                StreamBufferCallbackFunction_t sent,
                                                StreamBufferCallbackFunction_t received);
StreamBufferHandle_t xStreamBufferGenericCreateStatic(size_t size, size_t trigger, BaseType_t type,
                                                      uint8_t *const storage,
                                                      StaticStreamBuffer_t *const memory,
                                                      StreamBufferCallbackFunction_t sent,
                                                      StreamBufferCallbackFunction_t received);

/* The memory of a buffer that was created statically. pdFALSE: it came from the heap. */
BaseType_t xStreamBufferGetStaticBuffers(StreamBufferHandle_t buffer, uint8_t **storage,
                                         StaticStreamBuffer_t **memory);

/* Ends a buffer. Nobody may wait on it or use it any more. */
void vStreamBufferDelete(StreamBufferHandle_t buffer);

/* Writes `length` bytes, after waiting for room for all of them (or for an empty buffer, if it is
 * smaller) for ticks_to_wait ticks at most. Returns how many bytes were written: after a time-out
 * as many as there was room for. A message is written whole or not at all; one that can never fit
 * is refused at once with 0. */
size_t xStreamBufferSend(StreamBufferHandle_t buffer, const void *data, size_t length,
                         TickType_t ticks_to_wait);
size_t xStreamBufferSendFromISR(StreamBufferHandle_t buffer, const void *data, size_t length,
                                BaseType_t *const switch_needed);

/* Reads up to `length` bytes. When the buffer is empty (a batching buffer: has less than a batch),
 * waits until the trigger level is reached, for ticks_to_wait ticks at most. Returns how many bytes
 * were read: after a time-out those that are there. From a message buffer one message is read; one
 * longer than `length` stays there, and the result is 0. */
size_t xStreamBufferReceive(StreamBufferHandle_t buffer, void *data, size_t length,
                            TickType_t ticks_to_wait);
size_t xStreamBufferReceiveFromISR(StreamBufferHandle_t buffer, void *data, size_t length,
                                   BaseType_t *const switch_needed);

/* The length of the next message; 0 when there is none, and for a stream. */
size_t xStreamBufferNextMessageLengthBytes(StreamBufferHandle_t buffer);

/* Empties the buffer. pdFAIL, and nothing is done, when a task waits on it. */
BaseType_t xStreamBufferReset(StreamBufferHandle_t buffer);
BaseType_t xStreamBufferResetFromISR(StreamBufferHandle_t buffer);

/* pdFALSE, and nothing is done, when the level is higher than what the buffer holds. 0 counts as
 * 1. A waiting reader is woken if the new level is reached. */
BaseType_t xStreamBufferSetTriggerLevel(StreamBufferHandle_t buffer, size_t trigger);

/* A message buffer is full when no message fits, however short. */
BaseType_t xStreamBufferIsFull(StreamBufferHandle_t buffer);
BaseType_t xStreamBufferIsEmpty(StreamBufferHandle_t buffer);
size_t xStreamBufferSpacesAvailable(StreamBufferHandle_t buffer);
size_t xStreamBufferBytesAvailable(StreamBufferHandle_t buffer);

/* For callbacks, and for a peer on another core: wakes the reader (after a send) or the writer
 * (after a receive). pdTRUE when a task waited. */
BaseType_t xStreamBufferSendCompletedFromISR(StreamBufferHandle_t buffer,
                                             BaseType_t *switch_needed);
BaseType_t xStreamBufferReceiveCompletedFromISR(StreamBufferHandle_t buffer,
                                                BaseType_t *switch_needed);

/* An index that applications set to keep buffers apart from their own notifications. Waiting here
 * does not use notifications, so that every index is apart; it is only kept. */
UBaseType_t uxStreamBufferGetStreamBufferNotificationIndex(StreamBufferHandle_t buffer);
void vStreamBufferSetStreamBufferNotificationIndex(StreamBufferHandle_t buffer, UBaseType_t index);

#if configUSE_TRACE_FACILITY == 1
/* A number for trace tools, which the kernel does not use; and the type, sbTYPE_…. */
void vStreamBufferSetStreamBufferNumber(StreamBufferHandle_t buffer, UBaseType_t number);
UBaseType_t uxStreamBufferGetStreamBufferNumber(StreamBufferHandle_t buffer);
uint8_t ucStreamBufferGetStreamBufferType(StreamBufferHandle_t buffer);
#endif

#ifdef __cplusplus
}
#endif
