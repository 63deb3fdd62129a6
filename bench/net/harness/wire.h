/* SPDX-License-Identifier: MIT */
/*
 * The simulated wire and its clock: frames both ways with a delay, a rate and loss, in virtual
 * microseconds. The same seed loses the same frames.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { WIRE_FRAME_MAX = 1514, WIRE_FRAMES = 512, WIRE_OVERHEAD = 24 /* preamble, FCS, gap */ };
enum wire_end { WIRE_STACK, WIRE_PEER, WIRE_ENDS };

struct wire_settings {
    uint32_t delay_us;
    uint32_t bits_per_second; /* 0: a frame takes no time */
    uint32_t queue;           /* frames that wait at a busy wire; more are lost; 0: any number */
    uint32_t lose;            /* of a thousand, both ways */
    bool cut;                 /* nothing reaches the peer */
    uint64_t seed;
};

struct wire_frame {
    uint64_t due;
    uint16_t size;
    uint8_t bytes[WIRE_FRAME_MAX];
};

extern uint64_t wire_now; /* us */
extern struct wire_settings wire;
extern uint32_t wire_sent[WIRE_ENDS]; /* frames towards each end */

void wire_begin(const struct wire_settings *settings);
void wire_send(enum wire_end to, const uint8_t *bytes, size_t size);

/* The frame that arrives by now, or NULL; valid until the next one is sent. */
const struct wire_frame *wire_take(enum wire_end at);

/* When the next frame arrives anywhere; UINT64_MAX: none is under way. */
uint64_t wire_next(void);
