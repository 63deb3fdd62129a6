/* SPDX-License-Identifier: MIT */
/* A ring of frames for each direction: a constant delay keeps them in order. */
#include "wire.h"

#include <string.h>

struct direction {
    struct wire_frame frames[WIRE_FRAMES];
    uint32_t first, count;
    uint64_t free_at; /* when the wire is idle again */
    uint64_t random;
};

uint64_t wire_now;
struct wire_settings wire;
uint32_t wire_sent[WIRE_ENDS];

static struct direction directions[WIRE_ENDS];

void wire_begin(const struct wire_settings *settings)
{
    wire = *settings;
    wire_now = 1000000; /* not 0: some clocks take that for "never" */
    for (unsigned end = 0; end < WIRE_ENDS; end++) {
        directions[end].first = directions[end].count = 0;
        directions[end].free_at = 0;
        directions[end].random = (settings->seed * WIRE_ENDS + end + 1) * 0x9e3779b97f4a7c15u;
        wire_sent[end] = 0;
    }
}

static bool is_lost(struct direction *direction)
{
    direction->random ^= direction->random >> 12;
    direction->random ^= direction->random << 25;
    direction->random ^= direction->random >> 27;
    return ((direction->random * 0x2545f4914f6cdd1du >> 32) * 1000 >> 32) < wire.lose;
}

/* How long the frame holds the wire. */
static uint64_t duration(size_t size)
{
    if (wire.bits_per_second == 0)
        return 0;
    return (uint64_t)(size + WIRE_OVERHEAD) * 8 * 1000000 / wire.bits_per_second;
}

void wire_send(enum wire_end to, const uint8_t *bytes, size_t size)
{
    struct direction *direction = &directions[to];
    uint64_t begin = direction->free_at > wire_now ? direction->free_at : wire_now;
    uint64_t waits = begin - wire_now, each = duration(WIRE_FRAME_MAX);

    wire_sent[to]++;
    if ((wire.cut && to == WIRE_PEER) || is_lost(direction) || direction->count == WIRE_FRAMES ||
        size > WIRE_FRAME_MAX || (wire.queue > 0 && waits > wire.queue * each))
        return;
    struct wire_frame *frame =
        &direction->frames[(direction->first + direction->count) % WIRE_FRAMES];
    direction->count++;
    direction->free_at = begin + duration(size);
    frame->due = direction->free_at + wire.delay_us;
    frame->size = (uint16_t)size;
    memcpy(frame->bytes, bytes, size);
}

const struct wire_frame *wire_take(enum wire_end at)
{
    struct direction *direction = &directions[at];
    const struct wire_frame *frame = &direction->frames[direction->first];

    if (direction->count == 0 || frame->due > wire_now)
        return NULL;
    direction->first = (direction->first + 1) % WIRE_FRAMES;
    direction->count--;
    return frame;
}

uint64_t wire_next(void)
{
    uint64_t next = UINT64_MAX;

    for (unsigned end = 0; end < WIRE_ENDS; end++) {
        const struct direction *direction = &directions[end];
        if (direction->count > 0 && direction->frames[direction->first].due < next)
            next = direction->frames[direction->first].due;
    }
    return next;
}
