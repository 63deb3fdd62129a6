/* SPDX-License-Identifier: MIT */
/*
 * A byte ring between one producer and one consumer that may run in different tasks.
 *
 * `head` counts the bytes that were ever put and `tail` those that were ever taken; both wrap. The
 * producer alone moves `head`, the consumer alone moves `tail`; each is published with release and
 * read by the other side with acquire, so bytes are visible before the count that covers them. Each
 * side knows for itself where in the memory its count stands. Bytes between head and head + free
 * belong to the producer: TCP places out-of-order data there, ahead of head.
 */
#pragma once

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Besides its bytes and their number all zero in the beginning. */
struct tcpip_ring {
    uint8_t *bytes; /* may come after the size, before anything is put */
    uint32_t size;
    _Atomic uint32_t head;
    _Atomic uint32_t tail;
    uint32_t head_at; /* in `bytes`; the producer's */
    uint32_t tail_at; /* the consumer's */
};

/* One stretch of memory. */
struct tcpip_span {
    const uint8_t *bytes;
    size_t size;
};

/* Bytes that the consumer can take, and that the producer can still put. From either side. */
inline uint32_t tcpip_ring_count(const struct tcpip_ring *ring)
{
    uint32_t count = atomic_load_explicit(&ring->head, memory_order_relaxed) -
                     atomic_load_explicit(&ring->tail, memory_order_relaxed);

    atomic_thread_fence(memory_order_acquire); /* one of them is the caller's own */
    return count;
}

inline uint32_t tcpip_ring_free(const struct tcpip_ring *ring)
{
    return ring->size - tcpip_ring_count(ring);
}

/* The producer: copies as much as fits and publishes it; returns how much. With NULL the bytes are
 * there already, from where tcpip_ring_free_span() points on. */
size_t tcpip_ring_write(struct tcpip_ring *ring, const void *bytes, size_t size);

/* The producer: copies to `offset` bytes ahead of head without publishing, unless the bytes are there
 * already. offset + size is at most tcpip_ring_free(). */
void tcpip_ring_place(struct tcpip_ring *ring, uint32_t offset, const uint8_t *bytes, size_t size);

/* The producer: publishes `count` placed bytes, at most tcpip_ring_free(). */
void tcpip_ring_publish(struct tcpip_ring *ring, uint32_t count);

/* The producer: the longest stretch of free memory at head. */
uint8_t *tcpip_ring_free_span(struct tcpip_ring *ring, size_t *size);

/* The consumer: the bytes at `offset` from tail, at most `size`, as one or two spans (the ring's
 * end is between them; the second may be empty). Returns their sum. */
size_t tcpip_ring_peek(const struct tcpip_ring *ring, uint32_t offset, size_t size,
                       struct tcpip_span spans[2]);

/* The consumer: copies up to `size` bytes out; they stay until dropped. */
size_t tcpip_ring_copy(const struct tcpip_ring *ring, void *bytes, size_t size);

/* The consumer: gives `count` bytes back to the producer, at most tcpip_ring_count(). */
void tcpip_ring_drop(struct tcpip_ring *ring, uint32_t count);
