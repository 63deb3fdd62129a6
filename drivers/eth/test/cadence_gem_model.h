/* SPDX-License-Identifier: MIT */
/*
 * A model of Cadence's GEM and its PHY, in the place of their registers (GEM_BUS): it works on the
 * driver's rings as the device does, and counts what the driver does wrong.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { MODEL_FRAME_SIZE = 4096, MODEL_PHY = 7 };

struct gem_model {
    bool line_enabled, link_up, has_phy, holds_frames;
    unsigned mistakes; /* of the driver */
    uint32_t control, config, hash[2], address[2];
    uint32_t partner, partner_1000; /* what the other side can */
    unsigned speed;                 /* that the board was asked for */
    unsigned sent;
    uint8_t last_sent[MODEL_FRAME_SIZE];
    size_t last_sent_size;
};
extern struct gem_model model;

void model_begin(void);

/* Puts a frame into the driver's ring, in as many buffers as it takes; false: no room, which is
 * remembered as an overrun. */
bool model_receive(const uint8_t *bytes, size_t size);

/* A frame that the device itself throws away, counted in the register of that fault. */
void model_receive_bad(unsigned counter);

/* Sends what it held back. */
void model_send_held(void);

/* The transmitter, or the receiver, gives up with such a status. */
void model_fail_tx(uint32_t status);
void model_fail_rx(uint32_t status);

bool model_interrupts(void);

uint32_t gem_bus_read(uintptr_t base, unsigned offset);
void gem_bus_write(uintptr_t base, unsigned offset, uint32_t value);
uint32_t gem_bus_address(const void *pointer);
