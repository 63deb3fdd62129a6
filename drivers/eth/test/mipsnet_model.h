/* SPDX-License-Identifier: MIT */
/*
 * A model of the MIPS simulator's network device, in the place of its registers (MIPSNET_BUS). Frames
 * wait on the wire, and arrive at the first access to a register at which the device is not busy.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { MODEL_FRAME_SIZE = 4096, MODEL_WAITING = 64 };

struct mipsnet_model {
    bool line_enabled, absent, slow; /* slow: a frame is sent some time after its last byte */
    unsigned mistakes;               /* of the driver */
    unsigned sent;
    uint8_t last_sent[MODEL_FRAME_SIZE];
    size_t last_sent_size;
    uint32_t false_count; /* RX_COUNT reads so, if it is not 0 */
};
extern struct mipsnet_model model;

void model_begin(void);

/* Puts a frame on the wire; false: too many wait. */
bool model_receive(const uint8_t *bytes, size_t size);
unsigned model_waiting(void);

/* Ends what `slow` put off. */
void model_finish_sending(void);

bool model_interrupts(void);

uint32_t mipsnet_bus_read(uintptr_t base, unsigned offset);
void mipsnet_bus_write(uintptr_t base, unsigned offset, uint32_t value);
