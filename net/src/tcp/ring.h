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

#include "wire/bytes.h"

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

/*@ // So much lies in it; no side ever sees less than what it may take or put.
    logic integer tcpip_ring_fill{L}(struct tcpip_ring *ring) =
        ring->head >= ring->tail ? ring->head - ring->tail
                                 : ring->head - ring->tail + 0x100000000;

    logic integer tcpip_ring_place_of{L}(struct tcpip_ring *ring, integer from, integer by) =
        from + by < ring->size ? from + by : from + by - ring->size;

    predicate tcpip_ring_counted{L}(struct tcpip_ring *ring) =
        \valid_read(ring) && ring->size <= 0x7fffffff && tcpip_ring_fill(ring) <= ring->size;

    predicate tcpip_ring_sound{L}(struct tcpip_ring *ring) =
        \valid(ring) && tcpip_ring_counted(ring) && \valid(ring->bytes + (0 .. ring->size - 1)) &&
        (ring->tail_at < ring->size || (ring->size == 0 && ring->tail_at == 0)) &&
        ring->head_at == tcpip_ring_place_of(ring, ring->tail_at, tcpip_ring_fill(ring)); */

/* Bytes that the consumer can take, and that the producer can still put. From either side. */
/*@ requires tcpip_ring_counted(ring);
    assigns \nothing;
    ensures \result == tcpip_ring_fill(ring); */
inline uint32_t tcpip_ring_count(const struct tcpip_ring *ring)
{
    uint32_t count = atomic_load_explicit(&ring->head, memory_order_relaxed) -
                     atomic_load_explicit(&ring->tail, memory_order_relaxed);

    atomic_thread_fence(memory_order_acquire); /* one of them is the caller's own */
    return count;
}

/*@ requires tcpip_ring_counted(ring);
    assigns \nothing;
    ensures \result == ring->size - tcpip_ring_fill(ring); */
inline uint32_t tcpip_ring_free(const struct tcpip_ring *ring)
{
    return ring->size - tcpip_ring_count(ring);
}

/* The producer: copies as much as fits and publishes it; returns how much. With NULL the bytes are
 * there already, from where tcpip_ring_free_span() points on. */
/*@ requires tcpip_ring_sound(ring);
    requires bytes != \null ==>
             tcpip_readable(bytes, size) &&
             \separated(bytes + (0 .. size - 1), ring->bytes + (0 .. ring->size - 1));
    assigns ring->head, ring->head_at, ring->bytes[0 .. ring->size - 1];
    ensures tcpip_ring_sound(ring);
    ensures \result == \min(size, ring->size - \old(tcpip_ring_fill(ring)));
    ensures tcpip_ring_fill(ring) == \old(tcpip_ring_fill(ring)) + \result; */
size_t tcpip_ring_write(struct tcpip_ring *ring, const uint8_t *bytes, size_t size);

/* The producer: copies to `offset` bytes ahead of head without publishing, unless the bytes are there
 * already. offset + size is at most tcpip_ring_free(). */
/*@ requires tcpip_ring_sound(ring) && tcpip_readable(bytes, size);
    requires offset + size <= ring->size - tcpip_ring_fill(ring);
    requires bytes == ring->bytes + tcpip_ring_place_of(ring, ring->head_at, offset) ||
             \separated(bytes + (0 .. size - 1), ring->bytes + (0 .. ring->size - 1));
    assigns ring->bytes[0 .. ring->size - 1]; */
void tcpip_ring_place(struct tcpip_ring *ring, uint32_t offset, const uint8_t *bytes, size_t size);

/* The producer: publishes `count` placed bytes, at most tcpip_ring_free(). */
/*@ requires tcpip_ring_sound(ring) && count <= ring->size - tcpip_ring_fill(ring);
    assigns ring->head, ring->head_at;
    ensures tcpip_ring_sound(ring);
    ensures tcpip_ring_fill(ring) == \old(tcpip_ring_fill(ring)) + count; */
void tcpip_ring_publish(struct tcpip_ring *ring, uint32_t count);

/* The producer: the longest stretch of free memory at head. */
/*@ requires tcpip_ring_sound(ring) && \valid(size) && \separated(size, ring);
    assigns *size;
    ensures *size <= ring->size - tcpip_ring_fill(ring);
    ensures *size == 0 ? \result == \null : tcpip_writable(\result, *size); */
uint8_t *tcpip_ring_free_span(struct tcpip_ring *ring, size_t *size);

/* The consumer: the bytes at `offset` from tail, at most `size`, as one or two spans (the ring's
 * end is between them; the second may be empty). Returns their sum. */
/*@ requires tcpip_ring_sound(ring) && \valid(spans + (0 .. 1));
    requires \separated(spans + (0 .. 1), ring);
    assigns spans[0 .. 1];
    ensures \result == (offset < tcpip_ring_fill(ring)
                             ? \min(size, tcpip_ring_fill(ring) - offset) : 0);
    ensures spans[0].size + spans[1].size == \result;
    ensures tcpip_readable(spans[0].bytes, spans[0].size);
    ensures tcpip_readable(spans[1].bytes, spans[1].size);
    ensures spans[0].size > 0 ==>
            spans[0].bytes == ring->bytes + tcpip_ring_place_of(ring, ring->tail_at, offset) &&
            tcpip_ring_place_of(ring, ring->tail_at, offset) + spans[0].size <= ring->size;
    ensures spans[1].bytes == ring->bytes && spans[1].size <= ring->size; */
size_t tcpip_ring_peek(const struct tcpip_ring *ring, uint32_t offset, size_t size,
                       struct tcpip_span spans[2]);

/* Copies both spans, one behind the other. Returns their sum. */
/*@ requires \valid_read(spans + (0 .. 1));
    requires tcpip_readable(spans[0].bytes, spans[0].size);
    requires tcpip_readable(spans[1].bytes, spans[1].size);
    requires spans[0].size + spans[1].size <= 0xffffffff;
    requires tcpip_writable(to, spans[0].size + spans[1].size);
    requires \separated(to + (0 .. spans[0].size + spans[1].size - 1), spans + (0 .. 1));
    requires \separated(to + (0 .. spans[0].size + spans[1].size - 1),
                        spans[0].bytes + (0 .. spans[0].size - 1));
    requires \separated(to + (0 .. spans[0].size + spans[1].size - 1),
                        spans[1].bytes + (0 .. spans[1].size - 1));
    assigns to[0 .. spans[0].size + spans[1].size - 1];
    ensures \result == spans[0].size + spans[1].size; */
size_t tcpip_spans_copy(const struct tcpip_span spans[2], uint8_t *to);

/* The consumer: copies up to `size` bytes out; they stay until dropped. */
/*@ requires tcpip_ring_sound(ring) && tcpip_writable(bytes, size);
    requires \separated(bytes + (0 .. size - 1), ring->bytes + (0 .. ring->size - 1));
    assigns bytes[0 .. size - 1];
    ensures \result == \min(size, tcpip_ring_fill(ring)); */
size_t tcpip_ring_copy(const struct tcpip_ring *ring, uint8_t *bytes, size_t size);

/* The consumer: gives `count` bytes back to the producer, at most tcpip_ring_count(). */
/*@ requires tcpip_ring_sound(ring) && count <= tcpip_ring_fill(ring);
    assigns ring->tail, ring->tail_at;
    ensures tcpip_ring_sound(ring);
    ensures tcpip_ring_fill(ring) == \old(tcpip_ring_fill(ring)) - count; */
void tcpip_ring_drop(struct tcpip_ring *ring, uint32_t count);
