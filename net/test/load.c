/* SPDX-License-Identifier: MIT */
#include "load.h"

#include <stdio.h>

#include "core/frame.h"

static size_t most_allocations;
static size_t least_free; /* frames */

/* When the stack rests. */
static void look(void)
{
    size_t free = tcpip_frames_free();

    if (host_allocations > most_allocations)
        most_allocations = host_allocations;
    if (free < least_free)
        least_free = free;
}

/* Bytes a second, both ways together. */
static uint32_t rate(void (*attack)(uint32_t number))
{
    uint32_t before = peer.ours.received + peer.theirs.received, number = 0;

    most_allocations = 0;
    least_free = SIZE_MAX;
    for (unsigned ms = 0; ms < LOAD_SECONDS * 1000; ms++) {
        for (unsigned i = 0; attack != NULL && ms % LOAD_BURST_MS == 0 && i < LOAD_BURST; i++)
            attack(number++);
        peer_pass_ms();
        peer_pump(&peer.ours);
        peer_pump(&peer.theirs);
        look();
    }
    return (peer.ours.received + peer.theirs.received - before) / LOAD_SECONDS;
}

void load_stand(const struct load *load)
{
    uint32_t first = world.wire.sent, calm = rate(NULL);
    size_t base = most_allocations, base_free = least_free;
    uint32_t sent = world.wire.sent, starved = world.wire.starved;
    uint32_t attacked = rate(load->attack);
    uint32_t more = (world.wire.sent - sent - (sent - first)) / LOAD_SECONDS;

    printf("%s: %u bytes/s undisturbed, %u at %u frames/s (%u %%); %d answers/s, %u found no "
           "room; %zu allocations, %zu before; %zu frames free, %zu before\n",
           load->name, (unsigned)calm, (unsigned)attacked, LOAD_BURST / LOAD_BURST_MS * 1000,
           (unsigned)(100.0 * attacked / calm), (int)more, (unsigned)(world.wire.starved - starved),
           most_allocations, base, least_free, base_free);
    CHECK(calm > 100000);
    CHECK(attacked >= calm / 2);
    CHECK(most_allocations <= base + load->more_allocations);
    CHECK(least_free + load->more_frames >= base_free);
    CHECK((int32_t)more <= LOAD_BURST / LOAD_BURST_MS * 1000);
    CHECK(tcpip_tcp_host()->counters.challenges <= 10 * (LOAD_SECONDS + 1));
}
