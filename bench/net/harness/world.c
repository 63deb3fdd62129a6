/* SPDX-License-Identifier: MIT */
#include "world.h"

#include "measure.h"
#include "peer.h"
#include "stack.h"

static uint64_t stack_at, peer_at; /* when either wants to be called */

static uint64_t from_now(uint64_t us)
{
    return us < UINT64_MAX - wire_now ? wire_now + us : UINT64_MAX;
}

static void look_at_clocks(void)
{
    stack_at = from_now(stack_next());
    peer_at = from_now(peer_next());
}

void world_begin(const struct wire_settings *settings)
{
    wire_begin(settings);
    peer_begin();
    stack_begin();
    look_at_clocks();
}

static void deliver(void)
{
    const struct wire_frame *frame;

    while ((frame = wire_take(WIRE_STACK)) != NULL) {
        measure_begin();
        stack_input(frame->bytes, frame->size);
        measure_end();
    }
    while ((frame = wire_take(WIRE_PEER)) != NULL)
        peer_input(frame->bytes, frame->size);
}

bool world_step(uint64_t until)
{
    uint64_t next = wire_next();

    look_at_clocks();
    next = stack_at < next ? stack_at : next;
    next = peer_at < next ? peer_at : next;
    if (next > until) {
        wire_now = until > wire_now ? until : wire_now;
        return false;
    }
    wire_now = next > wire_now ? next : wire_now;
    deliver();
    if (stack_at <= wire_now) {
        measure_begin();
        stack_poll();
        measure_end();
    }
    if (peer_at <= wire_now)
        peer_poll();
    return true;
}

bool world_until(bool (*condition)(void), uint64_t us)
{
    uint64_t end = from_now(us);

    while (!condition())
        if (!world_step(end))
            return condition();
    return true;
}

void world_run(uint64_t us)
{
    uint64_t end = from_now(us);

    while (world_step(end))
        continue;
}
