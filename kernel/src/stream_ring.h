/* SPDX-License-Identifier: MIT */
/*
 * The bytes of a stream buffer: a ring that one writer and one reader use at the same time without
 * a lock. The writer alone moves `head`, the reader alone `tail`; each looks at the other's
 * position once and sees a state that can only get better for it. Positions are published by the
 * caller.
 */
#pragma once

#include "FreeRTOS.h"

#include <string.h>

/* How many bytes fit; the one that stays free is not counted. */
static inline size_t stream_capacity(const struct rtos_stream_buffer *buffer)
{
    return buffer->size - 1;
}

static inline size_t stream_used(const struct rtos_stream_buffer *buffer)
{
    size_t head = buffer->head, tail = buffer->tail;

    return head >= tail ? head - tail : buffer->size - tail + head;
}

static inline size_t stream_room(const struct rtos_stream_buffer *buffer)
{
    return stream_capacity(buffer) - stream_used(buffer);
}

/* Copies bytes in at `position`; returns the position behind them. There must be room. */
static inline size_t stream_copy_in(struct rtos_stream_buffer *buffer, size_t position,
                                    const void *data, size_t length)
{
    const size_t to_end = buffer->size - position;
    const size_t first = length < to_end ? length : to_end;

    memcpy(buffer->storage + position, data, first);
    memcpy(buffer->storage, (const uint8_t *)data + first, length - first);
    return length < to_end ? position + length : length - to_end;
}

/* Copies bytes out from `position`; returns the position behind them. They must be there. */
static inline size_t stream_copy_out(const struct rtos_stream_buffer *buffer, size_t position,
                                     void *data, size_t length)
{
    const size_t to_end = buffer->size - position;
    const size_t first = length < to_end ? length : to_end;

    memcpy(data, buffer->storage + position, first);
    memcpy((uint8_t *)data + first, buffer->storage, length - first);
    return length < to_end ? position + length : length - to_end;
}
