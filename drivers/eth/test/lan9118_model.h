/* SPDX-License-Identifier: MIT */
/*
 * A model of the LAN9118 by its data sheet, register for register, for tests of the driver: what the
 * wire brings, good or bad, is put in by hand; what the driver sends lies in `sent`.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { MODEL_FIFO_WORDS = 2640, MODEL_STATUSES = 128, MODEL_FRAME_SIZE = 2048, MODEL_SENT = 8 };

struct lan9118_model {
    bool absent;          /* reads as all ones */
    bool line_enabled;    /* the board lets the interrupt in */
    bool stuck_transmits; /* what is sent stays in the FIFO */
    uint32_t registers[64];
    uint32_t mac[16];
    uint16_t phy[32];
    uint32_t rx_data[MODEL_FIFO_WORDS], rx_status[MODEL_STATUSES], tx_status[MODEL_STATUSES];
    unsigned rx_words, rx_statuses, tx_statuses;
    unsigned rx_taken;   /* words of the frame in front that were read */
    unsigned rx_current; /* words that it has, after its status was read */
    uint32_t tx_used;    /* bytes of the FIFO */
    unsigned tx_step;
    uint32_t tx_a, tx_b, tx_left;
    uint8_t outgoing[MODEL_FRAME_SIZE];
    unsigned outgoing_size;
    uint8_t sent[MODEL_SENT][MODEL_FRAME_SIZE];
    unsigned sent_size[MODEL_SENT], sent_count;
    unsigned mistakes; /* of the driver: reads of an empty FIFO, data out of step */
};

extern struct lan9118_model model;

void model_begin(void);

/* Whether the interrupt line is asserted and let in. */
bool model_interrupts(void);

/* A frame with its check sequence comes in, with these bits of status besides its length. False: no
 * room, it was dropped and counted. */
bool model_receive(const uint8_t *bytes, unsigned size, uint32_t status);

/* Whether the device's filter lets a frame to this address pass. */
bool model_passes(const uint8_t address[6]);

void model_link(bool up);
void model_raise(uint32_t interrupt);

uint32_t lan9118_bus_read(uintptr_t base, unsigned offset);
void lan9118_bus_write(uintptr_t base, unsigned offset, uint32_t value);
