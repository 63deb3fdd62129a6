/* SPDX-License-Identifier: MIT */
/* The virtio entropy device (OASIS Virtual I/O Device 1.1, 5.4): it fills what it is given. */
#pragma once

#include <virtio.h>

enum { VIRTIO_RNG_CHUNK = 64 };

struct virtio_rng {
    struct virtio_queue queue;
    struct virtio_device device;
    uint8_t chunk[VIRTIO_RNG_CHUNK];
    bool started;
};

/* Resets the device and starts it. False: there is none at the address, or it refuses. */
bool virtio_rng_start(struct virtio_rng *rng, uintptr_t base);

/* Fills `buffer`, looking at the device until it answers. False: it was not started, broke its rules, or
 * did not answer in the time of some million looks; use nothing of the buffer then. One caller at a
 * time. */
bool virtio_rng_read(struct virtio_rng *rng, void *buffer, size_t size);
