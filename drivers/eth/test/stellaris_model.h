/* SPDX-License-Identifier: MIT */
/*
 * A model of the Ethernet controller in Stellaris LM3S by its data sheet, register for register, for tests
 * of the driver: what the wire brings, good or bad, is put in by hand; what the driver sends lies in `sent`.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

enum { MODEL_FIFO_WORDS = 512 * 40, MODEL_PACKETS = 31, MODEL_FRAME_SIZE = 2048, MODEL_SENT = 8 };

struct stellaris_model {
    bool line_enabled; /* the board lets the interrupt in */
    bool without_phy;  /* as in QEMU */
    bool busy;         /* what is sent stays until model_sent */
    uint32_t registers[16];
    uint16_t phy[32];
    uint32_t rx_words[MODEL_FIFO_WORDS];
    unsigned rx_used, packet_words[MODEL_PACKETS], packets;
    unsigned taken; /* words of the packet in front that were read */
    uint32_t tx_words[512];
    unsigned tx_used;
    uint8_t sent[MODEL_SENT][MODEL_FRAME_SIZE];
    unsigned sent_size[MODEL_SENT], sent_count;
    unsigned mistakes; /* of the driver: reads of an empty FIFO, frames whose length is wrong */
};

extern struct stellaris_model model;

void model_begin(void);

/* Whether the interrupt line is asserted and let in. */
bool model_interrupts(void);

/* A frame with its check sequence comes in. `length` is what the device says of it, if not 0. False:
 * no room, it was dropped. */
bool model_receive(const uint8_t *bytes, unsigned size, unsigned length);

/* The device has sent what it had, well or with an error. */
void model_sent(uint32_t interrupt);

/* Whether the device's filter lets a frame to this address pass. */
bool model_passes(const uint8_t address[6]);

void model_link(bool up, bool full_duplex);
void model_raise(uint32_t interrupt);

uint32_t model_register(unsigned offset);
void model_set_register(unsigned offset, uint32_t value);

uint32_t stellaris_bus_read(uintptr_t base, unsigned offset);
void stellaris_bus_write(uintptr_t base, unsigned offset, uint32_t value);
