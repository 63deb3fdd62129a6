/* SPDX-License-Identifier: MIT */
/*
 * Putting fragments of either family together (RFC 791 3.2, RFC 815, RFC 8200 4.5). As many packets at a
 * time as there are places, each of bounded size; what overlaps is refused as a whole (RFC 5722), what is
 * not complete within a minute given up. Only the stack's task.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/packet.h"

struct tcpip_fragment {
    uint32_t id;
    uint8_t protocol;     /* of what was cut into pieces; of IPv6 0: it takes no part */
    uint16_t header_size; /* of what stands in front of each piece, from the packet's first byte */
    uint16_t payload_at;  /* where the piece begins */
    uint16_t offset;      /* of the piece, in bytes */
    bool more;            /* it is not the last */
};

#if ipconfigUSE_REASSEMBLY

void tcpip_fragments_init(void);

/* Takes packet->frame, whose data is the packet from its first byte on, without padding. NULL: the packet is
 * not whole yet, or was refused. Else a frame whose data is the payload, with the first piece's header
 * of `*header_size` bytes right before it; it is released like any other. */
struct netif_frame *tcpip_fragment_add(const struct tcpip_packet *packet,
                                       const struct tcpip_fragment *fragment,
                                       uint16_t *header_size);

/* The link is gone, or with NULL the stack: what is not whole is dropped. */
void tcpip_fragments_forget(const struct tcpip_interface *interface);

#else

static inline void tcpip_fragments_init(void)
{
}

struct netif_frame;

static inline struct netif_frame *tcpip_fragment_add(const struct tcpip_packet *packet,
                                                     const struct tcpip_fragment *fragment,
                                                     uint16_t *header_size)
{
    return NULL;
}

static inline void tcpip_fragments_forget(const struct tcpip_interface *interface)
{
}

#endif
