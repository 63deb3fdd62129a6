/* SPDX-License-Identifier: MIT */
/*
 * A model of a virtio network device, in the place of its registers (VIRTIO_BUS). It reads and writes the
 * driver's queues as a device does, and counts what the driver does wrong.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { MODEL_QUEUES = 3, MODEL_FRAME_SIZE = 2048, MODEL_GROUPS = 64 };

struct virtio_queue;

struct virtio_model {
    bool modern, link_up, needs_reset, refuses_features, holds_frames;
    uint64_t offers;                           /* features */
    struct virtio_queue *queues[MODEL_QUEUES]; /* the driver's */
    bool line_enabled;
    unsigned mistakes; /* of the driver */
    /* What the driver has set. */
    unsigned resets;
    uint32_t status;
    bool promiscuous, all_multicast;
    unsigned groups;
    uint8_t group[MODEL_GROUPS][6];
    /* What it has sent. */
    unsigned sent;
    uint8_t last_sent[MODEL_FRAME_SIZE];
    size_t last_sent_size;
};
extern struct virtio_model model;

/* A device of everything, before its reset. */
void model_begin(bool modern, struct virtio_queue *rx, struct virtio_queue *tx,
                 struct virtio_queue *control);

/* Puts a frame into the next place that was offered; false: there is none. With `says` the device tells
 * another length than it wrote. */
bool model_receive(const uint8_t *bytes, size_t size, int says);

/* Ends the frames that it held back. */
void model_send_held(void);

/* Answers on the queue with a descriptor of its own choice. */
void model_answer(unsigned queue, uint32_t id);

void model_set_link(bool up);
bool model_interrupts(void);

uint32_t virtio_bus_read(uintptr_t base, unsigned offset);
void virtio_bus_write(uintptr_t base, unsigned offset, uint32_t value);
