/* SPDX-License-Identifier: MIT */
/* The byte ring: see ring.h for who moves what. */
#include "tcp/ring.h"

#include <string.h>

extern inline uint32_t tcpip_ring_count(const struct tcpip_ring *ring);
extern inline uint32_t tcpip_ring_free(const struct tcpip_ring *ring);

/* A place in the memory, `by` bytes further on; both at most the ring's size. */
/*@ requires \valid_read(ring) && ring->size <= 0x7fffffff && at <= ring->size && by <= ring->size;
    assigns \nothing;
    ensures \result == tcpip_ring_place_of(ring, at, by); */
static uint32_t advance(const struct tcpip_ring *ring, uint32_t at, uint32_t by)
{
    uint32_t next = at + by;

    return next < ring->size ? next : next - ring->size;
}

/* One side moves on by so many bytes, which the other sees afterwards. */
/*@ requires \valid_read(ring) && ring->size <= 0x7fffffff && \valid(count) && \valid(at);
    requires *at <= ring->size && by <= ring->size;
    requires \separated(count, at, &ring->size);
    assigns *count, *at;
    ensures *at == tcpip_ring_place_of(ring, \old(*at), by);
    ensures *count == (\old(*count) + by) % 0x100000000; */
static void move(const struct tcpip_ring *ring, _Atomic uint32_t *count, uint32_t *at, uint32_t by)
{
    *at = advance(ring, *at, by);
    atomic_store_explicit(count, atomic_load_explicit(count, memory_order_relaxed) + by,
                          memory_order_release);
}

void tcpip_ring_place(struct tcpip_ring *ring, uint32_t offset, const uint8_t *bytes, size_t size)
{
    uint32_t start = advance(ring, ring->head_at, offset);
    const uint8_t *there = ring->bytes + start;
    size_t first = ring->size - start;

    if (size == 0 || bytes == there)
        return;
    if (first > size)
        first = size;
    /*@ assert \separated(bytes + (0 .. size - 1), ring->bytes + (0 .. ring->size - 1)); */
    memcpy(ring->bytes + start, bytes, first);
    if (first < size)
        memcpy(ring->bytes, bytes + first, size - first);
}

void tcpip_ring_publish(struct tcpip_ring *ring, uint32_t count)
{
    move(ring, &ring->head, &ring->head_at, count);
}

size_t tcpip_ring_write(struct tcpip_ring *ring, const uint8_t *bytes, size_t size)
{
    uint32_t room = tcpip_ring_free(ring);

    if (size > room)
        size = room;
    if (bytes != NULL)
        tcpip_ring_place(ring, 0, bytes, size);
    tcpip_ring_publish(ring, (uint32_t)size);
    return size;
}

size_t tcpip_ring_peek(const struct tcpip_ring *ring, uint32_t offset, size_t size,
                       struct tcpip_span spans[2])
{
    uint32_t count = tcpip_ring_count(ring);

    spans[0] = spans[1] = (struct tcpip_span){ring->bytes, 0};
    /*@ assert *ring == \at(*ring, Pre); */
    if (offset >= count)
        return 0;
    if (size > count - offset)
        size = count - offset;
    uint32_t start = advance(ring, ring->tail_at, offset);
    uint32_t until_end = ring->size - start;
    spans[0].bytes = ring->bytes + start;
    spans[0].size = size < until_end ? size : until_end;
    spans[1].size = size - spans[0].size;
    return size;
}

size_t tcpip_spans_copy(const struct tcpip_span spans[2], uint8_t *to)
{
    size_t first = spans[0].size, second = spans[1].size;

    if (first > 0)
        memcpy(to, spans[0].bytes, first);
    if (second > 0)
        memcpy(to + first, spans[1].bytes, second);
    return first + second;
}

size_t tcpip_ring_copy(const struct tcpip_ring *ring, uint8_t *bytes, size_t size)
{
    struct tcpip_span spans[2];

    tcpip_ring_peek(ring, 0, size, spans);
    return tcpip_spans_copy(spans, bytes);
}

void tcpip_ring_drop(struct tcpip_ring *ring, uint32_t count)
{
    move(ring, &ring->tail, &ring->tail_at, count);
}
