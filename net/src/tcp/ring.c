/* SPDX-License-Identifier: MIT */
/* The byte ring: see ring.h for who moves what. */
#include "tcp/ring.h"

#include <string.h>

static uint32_t position(const struct tcpip_ring *ring, uint32_t index)
{
    return index < ring->size ? index : index - ring->size;
}

static uint32_t advance(const struct tcpip_ring *ring, uint32_t index, uint32_t by)
{
    uint32_t next = index + by;

    return next < 2 * ring->size ? next : next - 2 * ring->size;
}

void tcpip_ring_init(struct tcpip_ring *ring, void *bytes, uint32_t size)
{
    ring->bytes = bytes;
    ring->size = size;
    atomic_store_explicit(&ring->head, 0, memory_order_relaxed);
    atomic_store_explicit(&ring->tail, 0, memory_order_relaxed);
}

uint32_t tcpip_ring_count(const struct tcpip_ring *ring)
{
    uint32_t head = atomic_load_explicit(&ring->head, memory_order_acquire);
    uint32_t tail = atomic_load_explicit(&ring->tail, memory_order_acquire);

    return head >= tail ? head - tail : head + 2 * ring->size - tail;
}

uint32_t tcpip_ring_free(const struct tcpip_ring *ring)
{
    return ring->size - tcpip_ring_count(ring);
}

void tcpip_ring_place(struct tcpip_ring *ring, uint32_t offset, const uint8_t *bytes, size_t size)
{
    uint32_t head = atomic_load_explicit(&ring->head, memory_order_relaxed);
    uint32_t start = position(ring, advance(ring, head, offset));
    size_t first = ring->size - start;

    if (size == 0)
        return;
    if (first > size)
        first = size;
    memcpy(ring->bytes + start, bytes, first);
    if (first < size)
        memcpy(ring->bytes, bytes + first, size - first);
}

void tcpip_ring_publish(struct tcpip_ring *ring, uint32_t count)
{
    uint32_t head = atomic_load_explicit(&ring->head, memory_order_relaxed);

    atomic_store_explicit(&ring->head, advance(ring, head, count), memory_order_release);
}

size_t tcpip_ring_write(struct tcpip_ring *ring, const void *bytes, size_t size)
{
    uint32_t room = tcpip_ring_free(ring);

    if (size > room)
        size = room;
    tcpip_ring_place(ring, 0, bytes, size);
    tcpip_ring_publish(ring, (uint32_t)size);
    return size;
}

uint8_t *tcpip_ring_free_span(struct tcpip_ring *ring, size_t *size)
{
    uint32_t start = position(ring, atomic_load_explicit(&ring->head, memory_order_relaxed));
    uint32_t room = tcpip_ring_free(ring);

    *size = room < ring->size - start ? room : ring->size - start;
    return *size > 0 ? ring->bytes + start : NULL;
}

size_t tcpip_ring_peek(const struct tcpip_ring *ring, uint32_t offset, size_t size,
                       struct tcpip_span spans[2])
{
    uint32_t tail = atomic_load_explicit(&ring->tail, memory_order_relaxed);
    uint32_t count = tcpip_ring_count(ring);

    spans[0] = spans[1] = (struct tcpip_span){ring->bytes, 0};
    if (offset >= count)
        return 0;
    if (size > count - offset)
        size = count - offset;
    uint32_t start = position(ring, advance(ring, tail, offset));
    spans[0].bytes = ring->bytes + start;
    spans[0].size = size < ring->size - start ? size : ring->size - start;
    spans[1].size = size - spans[0].size;
    return size;
}

size_t tcpip_ring_copy(const struct tcpip_ring *ring, void *bytes, size_t size)
{
    struct tcpip_span spans[2];
    size_t have = tcpip_ring_peek(ring, 0, size, spans);

    if (have == 0)
        return 0;
    memcpy(bytes, spans[0].bytes, spans[0].size);
    if (spans[1].size > 0)
        memcpy((uint8_t *)bytes + spans[0].size, spans[1].bytes, spans[1].size);
    return have;
}

void tcpip_ring_drop(struct tcpip_ring *ring, uint32_t count)
{
    uint32_t tail = atomic_load_explicit(&ring->tail, memory_order_relaxed);

    atomic_store_explicit(&ring->tail, advance(ring, tail, count), memory_order_release);
}
