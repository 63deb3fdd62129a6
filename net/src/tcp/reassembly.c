/* SPDX-License-Identifier: MIT */
/* Out-of-order data: see reassembly.h for the rules of overlap and of bounds. */
#include "tcp/reassembly.h"

#include "FreeRTOSIPConfigDefaults.h"

#include "tcp/sequence.h"

/* Copies the parts of the data that no range holds yet. */
/*@ requires \valid_read(early) && early->count <= TCPIP_RANGES;
    requires tcpip_ring_sound(ring) && tcpip_readable(bytes, size);
    requires \separated(early, ring, ring->bytes + (0 .. ring->size - 1));
    requires \separated(bytes + (0 .. size - 1), ring->bytes + (0 .. ring->size - 1));
    requires tcpip_way(next, sequence) + size <= ring->size - tcpip_ring_fill(ring);
    requires tcpip_ranges_within(early, next, ring->size - tcpip_ring_fill(ring));
    assigns ring->bytes[0 .. ring->size - 1]; */
static void place_gaps(const struct tcpip_ranges *early, struct tcpip_ring *ring, uint32_t next,
                       uint32_t sequence, const uint8_t *bytes, uint32_t size)
{
    uint32_t at = sequence, end = sequence + size;

    /*@ loop invariant i <= early->count;
        loop invariant tcpip_way(next, sequence) <= tcpip_way(next, at) <=
                       ring->size - tcpip_ring_fill(ring);
        loop assigns i, at, ring->bytes[0 .. ring->size - 1];
        loop variant early->count - i; */
    for (unsigned i = 0;; i++) {
        bool behind_all = i == early->count;
        uint32_t stop = behind_all ? end : tcpip_sequence_min(early->range[i].start, end);
        if (tcpip_sequence_before(at, stop))
            tcpip_ring_place(ring, at - next, bytes + (at - sequence), stop - at);
        if (behind_all)
            return;
        at = tcpip_sequence_max(at, early->range[i].end);
    }
}

uint32_t tcpip_reassembly_take(struct tcpip_reassembly *reassembly, struct tcpip_ring *ring,
                               uint32_t next, uint32_t sequence, const uint8_t *bytes,
                               uint32_t size)
{
    struct tcpip_ranges *early = &reassembly->early;
    uint32_t end = sequence + size;

    if (size == 0)
        return next;
    if (ipconfigUSE_TCP_WIN && (early->count > 0 || sequence != next)) {
        place_gaps(early, ring, next, sequence, bytes, size);
        if (sequence != next)
            (void)tcpip_ranges_add(early, sequence, end); /* else it is as if they had not come */
        else
            end = tcpip_ranges_join(early, 0, end);
    } else if (sequence == next) {
        tcpip_ring_place(ring, 0, bytes, size);
    }
    if (sequence != next)
        return next;
    tcpip_ring_publish(ring, end - next);
    return end;
}

void tcpip_reassembly_fin(struct tcpip_reassembly *reassembly, uint32_t sequence)
{
    const struct tcpip_ranges *early = &reassembly->early;

    if (reassembly->has_fin)
        return;
    if (early->count > 0 && tcpip_sequence_after(early->range[early->count - 1].end, sequence))
        return;
    reassembly->has_fin = true;
    reassembly->fin = sequence;
}
