/* SPDX-License-Identifier: MIT */
/*
 * How the writer and the reader of a stream buffer tell each other: the reader is woken when bytes
 * were sent, the writer when bytes were received; unless the application defines the four macros,
 * to signal a peer on another core for one, or gave the buffer callbacks.
 */
#pragma once

#include "stream_buffer.h"

#include "wait.h"

static inline void stream_wake(struct rtos_wait_list *list)
{
    UBaseType_t state = rtos_lock();
    (void)rtos_wake_one(list);
    rtos_unlock(state);
}

static inline BaseType_t stream_wake_from_isr(struct rtos_wait_list *list,
                                              BaseType_t *switch_needed)
{
    UBaseType_t state = rtos_lock();
    bool waits = !rtos_nobody_waits(list);
    bool woken = rtos_wake_one(list);
    rtos_unlock_from_isr(state, woken, switch_needed);
    return waits ? pdTRUE : pdFALSE;
}

#ifndef sbSEND_COMPLETED
#define sbSEND_COMPLETED(buffer) stream_wake(&(buffer)->reader)
#endif
#ifndef sbSEND_COMPLETED_FROM_ISR
#define sbSEND_COMPLETED_FROM_ISR(buffer, switch_needed)                                           \
    (void)stream_wake_from_isr(&(buffer)->reader, (switch_needed))
#endif
#ifndef sbRECEIVE_COMPLETED
#define sbRECEIVE_COMPLETED(buffer) stream_wake(&(buffer)->writer)
#endif
#ifndef sbRECEIVE_COMPLETED_FROM_ISR
#define sbRECEIVE_COMPLETED_FROM_ISR(buffer, switch_needed)                                        \
    (void)stream_wake_from_isr(&(buffer)->writer, (switch_needed))
#endif

#if configUSE_SB_COMPLETED_CALLBACK == 1
static inline void stream_set_callbacks(struct rtos_stream_buffer *buffer,
                                        StreamBufferCallbackFunction_t sent,
                                        StreamBufferCallbackFunction_t received)
{
    buffer->sent = sent;
    buffer->received = received;
}

static inline StreamBufferCallbackFunction_t on_sent(const struct rtos_stream_buffer *buffer)
{
    return buffer->sent;
}

static inline StreamBufferCallbackFunction_t on_received(const struct rtos_stream_buffer *buffer)
{
    return buffer->received;
}
#else
static inline void stream_set_callbacks(struct rtos_stream_buffer *buffer,
                                        StreamBufferCallbackFunction_t sent,
                                        StreamBufferCallbackFunction_t received)
{
    configASSERT(sent == NULL && received == NULL); /* needs configUSE_SB_COMPLETED_CALLBACK */
    (void)buffer, (void)sent, (void)received;
}

#define on_sent(buffer)     ((StreamBufferCallbackFunction_t)NULL)
#define on_received(buffer) ((StreamBufferCallbackFunction_t)NULL)
#endif
