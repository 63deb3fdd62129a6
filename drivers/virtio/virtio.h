/* SPDX-License-Identifier: MIT */
/*
 * Virtio over memory-mapped registers (OASIS Virtual I/O Device 1.1, 4.2), modern (version 2) and
 * legacy (version 1), with split queues of descriptors.
 *
 * A queue's descriptors are used by fixed places: whoever has the queue says which chain of them begins
 * where, and gets that beginning back with what the device did. So nothing is allocated, and a device
 * that answers with something else is found out. Not locked: a queue is one task's, or one interrupt's.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum virtio_kind { VIRTIO_NET = 1, VIRTIO_ENTROPY = 4 };

#define VIRTIO_F_VERSION_1 (UINT64_C(1) << 32)

enum { VIRTIO_QUEUE_MOST = 64, VIRTIO_PAGE = 4096 };

struct virtio_device {
    uintptr_t base;
    bool modern;
    uint64_t features; /* what both sides have */
};

struct virtio_descriptor {
    uint64_t address;
    uint32_t length;
    uint16_t flags, next;
};

/* As the device sees it. A legacy device wants the part that it writes on a page of its own. */
struct virtio_queue {
    struct virtio_descriptor descriptors[VIRTIO_QUEUE_MOST];
    struct {
        volatile uint16_t flags, index;
        volatile uint16_t ring[VIRTIO_QUEUE_MOST + 1];
    } available;
    struct {
        volatile uint16_t flags, index;
        struct {
            volatile uint32_t id, length;
        } ring[VIRTIO_QUEUE_MOST];
        volatile uint16_t event;
    } used __attribute__((aligned(VIRTIO_PAGE)));
    /* The driver's own. */
    struct virtio_device *device;
    uint16_t number, size, seen;
    bool broken; /* the device has answered what nobody asked */
    bool in_flight[VIRTIO_QUEUE_MOST];
} __attribute__((aligned(VIRTIO_PAGE)));

/* A part of a chain. */
struct virtio_part {
    void *address;
    uint32_t length;
    bool device_writes;
};

/* Whether there is a device of that kind at the address; only looks. */
bool virtio_is(uintptr_t base, enum virtio_kind kind);

/* Resets the device and agrees on features: those of `wanted` that it has. False: it refuses. */
bool virtio_begin(struct virtio_device *device, uintptr_t base, uint64_t wanted);

/* Gives the device a queue of `size` descriptors, a power of two up to VIRTIO_QUEUE_MOST. Between begin
 * and ready. False: it has none of that number, or only a smaller one. */
bool virtio_queue_begin(struct virtio_queue *queue, struct virtio_device *device, unsigned number,
                        unsigned size);

/* From here on the device works. */
void virtio_ready(struct virtio_device *device);

/* Stops the device: it touches no memory any more. */
void virtio_reset(struct virtio_device *device);

/* Whether the device says that it cannot go on without a reset. */
bool virtio_needs_reset(const struct virtio_device *device);

/* Offers a chain whose descriptors are `first` and the ones after it. They must not be in flight. */
void virtio_offer(struct virtio_queue *queue, unsigned first, const struct virtio_part *parts,
                  unsigned count);

/* Tells the device that something was offered, unless it does not want to know. */
void virtio_notify(struct virtio_queue *queue);

/* The next chain that the device is done with: its first descriptor, and how many bytes it wrote. False:
 * none, or the queue is broken. */
bool virtio_take(struct virtio_queue *queue, unsigned *first, uint32_t *written);

/* Asks the device to interrupt, or not to, when it is done with something. True: something is done
 * already, which may not have interrupted. */
bool virtio_interrupts(struct virtio_queue *queue, bool wanted);

/* The interrupt's causes, which this ends. */
enum { VIRTIO_CAUSE_USED = 1, VIRTIO_CAUSE_CONFIG = 2 };
uint32_t virtio_interrupt_causes(const struct virtio_device *device);

/* A byte of the device's configuration. */
uint8_t virtio_config(const struct virtio_device *device, unsigned offset);
