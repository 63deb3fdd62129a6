/* SPDX-License-Identifier: MIT */
/*
 * Bytes on their way between a task and an interrupt, one putting them in and the other taking them
 * out: each changes its own end only.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

enum { UART_RING_SIZE = 256 };

struct uart_ring {
    volatile unsigned in, out; /* counted on for ever */
    volatile uint8_t bytes[UART_RING_SIZE];
};

static inline bool uart_ring_is_empty(const struct uart_ring *ring)
{
    return ring->in == ring->out;
}

static inline bool uart_ring_put(struct uart_ring *ring, uint8_t byte)
{
    if (ring->in - ring->out == UART_RING_SIZE)
        return false;
    ring->bytes[ring->in % UART_RING_SIZE] = byte;
    ring->in++;
    return true;
}

static inline bool uart_ring_take(struct uart_ring *ring, uint8_t *byte)
{
    if (uart_ring_is_empty(ring))
        return false;
    *byte = ring->bytes[ring->out % UART_RING_SIZE];
    ring->out++;
    return true;
}
