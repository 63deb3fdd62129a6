/* SPDX-License-Identifier: MIT */
/*
 * Stream, batching and message buffers: sending and receiving.
 *
 * Bytes are copied with interrupts open, which one writer and one reader allow (stream_ring.h); the
 * lock is held to publish the new position, and between a look at the other side's position and the
 * wait that follows from it, so that no wake-up is lost. A message is published as a whole.
 */
#include "stream_buffer.h"

#if configUSE_STREAM_BUFFERS == 1

#include "stream_peer.h"
#include "stream_ring.h"
#include "wait.h"

typedef configMESSAGE_BUFFER_LENGTH_TYPE message_length;

#define PREFIX sizeof(message_length)

static bool is_message_buffer(const struct rtos_stream_buffer *buffer)
{
    return buffer->type == sbTYPE_MESSAGE_BUFFER;
}

static void tell_sent(struct rtos_stream_buffer *buffer)
{
    if (on_sent(buffer) != NULL)
        on_sent(buffer)(buffer, pdFALSE, NULL);
    else
        sbSEND_COMPLETED(buffer);
}

static void tell_sent_from_isr(struct rtos_stream_buffer *buffer, BaseType_t *switch_needed)
{
    if (on_sent(buffer) != NULL)
        on_sent(buffer)(buffer, pdTRUE, switch_needed);
    else
        sbSEND_COMPLETED_FROM_ISR(buffer, switch_needed);
}

static void tell_received(struct rtos_stream_buffer *buffer)
{
    if (on_received(buffer) != NULL)
        on_received(buffer)(buffer, pdFALSE, NULL);
    else
        sbRECEIVE_COMPLETED(buffer);
}

static void tell_received_from_isr(struct rtos_stream_buffer *buffer, BaseType_t *switch_needed)
{
    if (on_received(buffer) != NULL)
        on_received(buffer)(buffer, pdTRUE, switch_needed);
    else
        sbRECEIVE_COMPLETED_FROM_ISR(buffer, switch_needed);
}

BaseType_t xStreamBufferSendCompletedFromISR(StreamBufferHandle_t buffer, BaseType_t *switch_needed)
{
    RTOS_ASSERT_EXISTS(buffer);
    return stream_wake_from_isr(&buffer->reader, switch_needed);
}

BaseType_t xStreamBufferReceiveCompletedFromISR(StreamBufferHandle_t buffer,
                                                BaseType_t *switch_needed)
{
    RTOS_ASSERT_EXISTS(buffer);
    return stream_wake_from_isr(&buffer->writer, switch_needed);
}

/* ---- Sending ----------------------------------------------------------------------------------
 */

static void publish(volatile size_t *position, size_t value)
{
    UBaseType_t state = rtos_lock();
    *position = value;
    rtos_unlock(state);
}

/* The room that a send waits for; 0 for a message that can never fit. */
static size_t room_needed(const struct rtos_stream_buffer *buffer, size_t length)
{
    const size_t capacity = stream_capacity(buffer);

    if (!is_message_buffer(buffer))
        return length < capacity ? length : capacity;
    if (length == 0 || length > capacity - PREFIX || (message_length)length != length)
        return 0;
    return length + PREFIX;
}

/* Waits until there is room for `needed` bytes, or until there is no time left. */
static void wait_for_room(struct rtos_stream_buffer *buffer, size_t needed,
                          TickType_t ticks_to_wait)
{
    UBaseType_t state = rtos_lock();

    while (stream_room(buffer) < needed && ticks_to_wait != 0) {
        configASSERT(rtos_nobody_waits(&buffer->writer)); /* one writer at a time */
        traceBLOCKING_ON_STREAM_BUFFER_SEND(buffer);
        ticks_to_wait = rtos_wait_on(&buffer->writer, ticks_to_wait, state);
    }
    rtos_unlock(state);
}

/* Writes what fits now. Returns how many bytes of `data` that was. */
static size_t write_now(struct rtos_stream_buffer *buffer, const void *data, size_t length)
{
    const size_t room = stream_room(buffer);
    size_t position = buffer->head;

    if (is_message_buffer(buffer)) {
        if (room < length + PREFIX)
            return 0;
        const message_length prefix = (message_length)length;
        position = stream_copy_in(buffer, position, &prefix, PREFIX);
    } else if (length > room) {
        length = room;
    }
    if (length > 0)
        publish(&buffer->head, stream_copy_in(buffer, position, data, length));
    return length;
}

size_t xStreamBufferSend(StreamBufferHandle_t buffer, const void *data, size_t length,
                         TickType_t ticks_to_wait)
{
    RTOS_ASSERT_IN_TASK();
    RTOS_ASSERT_EXISTS(buffer);
    configASSERT(data != NULL);
    RTOS_ASSERT_MAY_WAIT(ticks_to_wait);
    const size_t needed = room_needed(buffer, length);
    size_t sent = 0;

    if (needed != 0) {
        if (ticks_to_wait != 0)
            wait_for_room(buffer, needed, ticks_to_wait);
        sent = write_now(buffer, data, length);
    }
    if (sent == 0) {
        traceSTREAM_BUFFER_SEND_FAILED(buffer);
        return 0;
    }
    traceSTREAM_BUFFER_SEND(buffer, sent);
    if (stream_used(buffer) >= buffer->trigger)
        tell_sent(buffer);
    return sent;
}

size_t xStreamBufferSendFromISR(StreamBufferHandle_t buffer, const void *data, size_t length,
                                BaseType_t *const switch_needed)
{
    RTOS_ASSERT_EXISTS(buffer);
    configASSERT(data != NULL);
    RTOS_ASSERT_IN_ISR();
    size_t sent = room_needed(buffer, length) != 0 ? write_now(buffer, data, length) : 0;

    if (sent > 0 && stream_used(buffer) >= buffer->trigger)
        tell_sent_from_isr(buffer, switch_needed);
    traceSTREAM_BUFFER_SEND_FROM_ISR(buffer, sent);
    return sent;
}

/* ---- Receiving --------------------------------------------------------------------------------
 */

/* Whether a receive returns without waiting. */
static bool is_readable(const struct rtos_stream_buffer *buffer)
{
    const size_t used = stream_used(buffer);

    return buffer->type == sbTYPE_STREAM_BATCHING_BUFFER ? used >= buffer->trigger : used > 0;
}

/* Waits until the trigger level is reached, or until there is no time left. */
static void wait_for_bytes(struct rtos_stream_buffer *buffer, TickType_t ticks_to_wait)
{
    UBaseType_t state = rtos_lock();
    bool enough = is_readable(buffer);

    while (!enough && ticks_to_wait != 0) {
        configASSERT(rtos_nobody_waits(&buffer->reader)); /* one reader at a time */
        traceBLOCKING_ON_STREAM_BUFFER_RECEIVE(buffer);
        ticks_to_wait = rtos_wait_on(&buffer->reader, ticks_to_wait, state);
        enough = stream_used(buffer) >= buffer->trigger;
    }
    rtos_unlock(state);
}

/* The length of the next message and, in *position, where it begins; 0 when there is none. */
static size_t next_message(const struct rtos_stream_buffer *buffer, size_t *position)
{
    message_length length = 0;

    if (stream_used(buffer) > PREFIX)
        *position = stream_copy_out(buffer, buffer->tail, &length, PREFIX);
    return (size_t)length;
}

static size_t read_now(struct rtos_stream_buffer *buffer, void *data, size_t length)
{
    size_t available = stream_used(buffer), position = buffer->tail;

    if (is_message_buffer(buffer)) {
        available = next_message(buffer, &position);
        if (available > length)
            return 0; /* it stays for a reader with more room */
    }
    if (available < length)
        length = available;
    if (length > 0)
        publish(&buffer->tail, stream_copy_out(buffer, position, data, length));
    return length;
}

size_t xStreamBufferReceive(StreamBufferHandle_t buffer, void *data, size_t length,
                            TickType_t ticks_to_wait)
{
    RTOS_ASSERT_IN_TASK();
    RTOS_ASSERT_EXISTS(buffer);
    configASSERT(data != NULL);
    RTOS_ASSERT_MAY_WAIT(ticks_to_wait);
    if (ticks_to_wait != 0)
        wait_for_bytes(buffer, ticks_to_wait);
    size_t received = read_now(buffer, data, length);

    if (received == 0) {
        traceSTREAM_BUFFER_RECEIVE_FAILED(buffer);
        return 0;
    }
    traceSTREAM_BUFFER_RECEIVE(buffer, received);
    tell_received(buffer);
    return received;
}

size_t xStreamBufferReceiveFromISR(StreamBufferHandle_t buffer, void *data, size_t length,
                                   BaseType_t *const switch_needed)
{
    RTOS_ASSERT_EXISTS(buffer);
    configASSERT(data != NULL);
    RTOS_ASSERT_IN_ISR();
    size_t received = read_now(buffer, data, length);

    if (received > 0)
        tell_received_from_isr(buffer, switch_needed);
    traceSTREAM_BUFFER_RECEIVE_FROM_ISR(buffer, received);
    return received;
}

size_t xStreamBufferNextMessageLengthBytes(StreamBufferHandle_t buffer)
{
    size_t position;

    RTOS_ASSERT_EXISTS(buffer);
    return is_message_buffer(buffer) ? next_message(buffer, &position) : 0;
}

/* ---- Asking -----------------------------------------------------------------------------------
 */

size_t xStreamBufferSpacesAvailable(StreamBufferHandle_t buffer)
{
    RTOS_ASSERT_EXISTS(buffer);
    return stream_room(buffer);
}

size_t xStreamBufferBytesAvailable(StreamBufferHandle_t buffer)
{
    RTOS_ASSERT_EXISTS(buffer);
    return stream_used(buffer);
}

BaseType_t xStreamBufferIsEmpty(StreamBufferHandle_t buffer)
{
    RTOS_ASSERT_EXISTS(buffer);
    return buffer->head == buffer->tail ? pdTRUE : pdFALSE;
}

BaseType_t xStreamBufferIsFull(StreamBufferHandle_t buffer)
{
    RTOS_ASSERT_EXISTS(buffer);
    return stream_room(buffer) <= (is_message_buffer(buffer) ? PREFIX : 0) ? pdTRUE : pdFALSE;
}

#endif
