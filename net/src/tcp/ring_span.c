/* SPDX-License-Identifier: MIT */
/* Where bytes are written into a ring without a copy. */
#include "tcp/ring.h"

uint8_t *tcpip_ring_free_span(struct tcpip_ring *ring, size_t *size)
{
    uint32_t room = tcpip_ring_free(ring), until_end = ring->size - ring->head_at;

    *size = room < until_end ? room : until_end;
    return *size > 0 ? ring->bytes + ring->head_at : NULL;
}
