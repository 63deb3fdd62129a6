/* SPDX-License-Identifier: MIT */
/*
 * Out-of-order data (RFC 9293 section 3.10.7.4, "seventh, process the segment text").
 *
 * Bytes that came early lie already at their place in the receive ring, ahead of its head; a bounded
 * list of ranges says which they are. Where segments overlap, the bytes that came first stay: a
 * byte is never rewritten once it was placed. When the list is full, data that would need one more
 * range is not taken; the peer sends it again.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "tcp/ranges.h"
#include "tcp/ring.h"

/* All zero: nothing came early. */
struct tcpip_reassembly {
    bool has_fin; /* the peer's FIN came, early; no data behind it is taken */
    uint32_t fin; /* its sequence number */
    struct tcpip_ranges early;
};

/* Takes `size` bytes of sequence number `sequence`, all inside [next, next + free room of the
 * ring), and publishes what became contiguous from `next` on. Returns the new next. */
/*@ requires \valid(reassembly) && reassembly->early.count <= TCPIP_RANGES;
    requires tcpip_ring_sound(ring) && tcpip_readable(bytes, size);
    requires \separated(reassembly, ring, ring->bytes + (0 .. ring->size - 1));
    requires \separated(bytes + (0 .. size - 1), reassembly, ring);
    requires \separated(bytes + (0 .. size - 1), ring->bytes + (0 .. ring->size - 1)) ||
             (bytes == ring->bytes + ring->head_at && sequence == next &&
              reassembly->early.count == 0);
    requires tcpip_way(next, sequence) + size <= ring->size - tcpip_ring_fill(ring);
    requires tcpip_ranges_within(&reassembly->early, next, ring->size - tcpip_ring_fill(ring));
    assigns reassembly->early, ring->bytes[0 .. ring->size - 1], ring->head, ring->head_at;
    ensures tcpip_ring_sound(ring) && reassembly->early.count <= TCPIP_RANGES;
    ensures tcpip_ring_fill(ring) == \old(tcpip_ring_fill(ring)) + tcpip_way(next, \result); */
uint32_t tcpip_reassembly_take(struct tcpip_reassembly *reassembly, struct tcpip_ring *ring,
                               uint32_t next, uint32_t sequence, const uint8_t *bytes,
                               uint32_t size);

/* Remembers a FIN at `sequence`, unless one is known or there is data behind it. */
/*@ requires \valid(reassembly) && reassembly->early.count <= TCPIP_RANGES;
    assigns reassembly->has_fin, reassembly->fin; */
void tcpip_reassembly_fin(struct tcpip_reassembly *reassembly, uint32_t sequence);
