/* SPDX-License-Identifier: MIT */
/*
 * A model of OpenCores' Ethernet MAC and its PHY, in the place of its registers (OPEN_ETH_BUS): it works on
 * the driver's descriptors as the device does, and counts what the driver does wrong.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { MODEL_FRAME_SIZE = 4096, MODEL_PHY = 1 };

struct open_eth_model {
    bool line_enabled, link_up, absent, holds_frames;
    unsigned mistakes; /* of the driver */
    uint32_t mode, hash[2], address[2];
    unsigned sent;
    uint8_t last_sent[MODEL_FRAME_SIZE];
    size_t last_sent_size;
};
extern struct open_eth_model model;

void model_begin(void);

/* Puts a frame and its check sequence into the next descriptor, with such flags; false: none is empty,
 * which is told as a cause. */
bool model_receive(const uint8_t *bytes, size_t size, uint32_t flags);

/* Ends what it held back, with such flags. */
void model_send_held(uint32_t flags);

/* Whether a frame to this address would be taken. */
bool model_passes(const uint8_t *address);

bool model_interrupts(void);

uint32_t open_eth_bus_read(uintptr_t base, unsigned offset);
void open_eth_bus_write(uintptr_t base, unsigned offset, uint32_t value);
uint32_t open_eth_bus_address(const void *pointer);
