/* SPDX-License-Identifier: MIT */
#include "virtio_rng.h"

#include <string.h>

enum { QUEUE = 0, PATIENCE = 20000000 };

bool virtio_rng_start(struct virtio_rng *rng, uintptr_t base)
{
    rng->started = false;
    if (!virtio_is(base, VIRTIO_ENTROPY) || !virtio_begin(&rng->device, base, 0) ||
        !virtio_queue_begin(&rng->queue, &rng->device, QUEUE, VIRTIO_QUEUE_MOST))
        return false;
    (void)virtio_interrupts(&rng->queue, false);
    virtio_ready(&rng->device);
    rng->started = true;
    return true;
}

/* How many bytes the device wrote, which may be fewer than it was asked for; 0: it failed, and a late
 * answer must find nobody's memory. */
static size_t read_chunk(struct virtio_rng *rng, size_t size)
{
    const struct virtio_part part = {rng->chunk, (uint32_t)size, true};
    unsigned first;
    uint32_t written;

    virtio_offer(&rng->queue, 0, &part, 1);
    virtio_notify(&rng->queue);
    for (int i = 0; i < PATIENCE && !rng->queue.broken; i++)
        if (virtio_take(&rng->queue, &first, &written) && written > 0 && written <= size)
            return written;
    virtio_reset(&rng->device);
    rng->started = false;
    return 0;
}

bool virtio_rng_read(struct virtio_rng *rng, void *buffer, size_t size)
{
    uint8_t *bytes = buffer;

    while (size > 0) {
        const size_t wanted = size < sizeof rng->chunk ? size : sizeof rng->chunk;
        const size_t got = rng->started ? read_chunk(rng, wanted) : 0;

        if (got == 0)
            return false;
        memcpy(bytes, rng->chunk, got);
        bytes += got;
        size -= got;
    }
    memset(rng->chunk, 0, sizeof rng->chunk);
    return true;
}
