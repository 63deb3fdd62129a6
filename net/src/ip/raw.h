/* SPDX-License-Identifier: MIT */
/*
 * Packets of a protocol for whoever wants to see them, besides the protocol itself. Only the stack's
 * task.
 */
#pragma once

#include "core/packet.h"

struct tcpip_raw_port {
    struct tcpip_raw_port *next;
    uint8_t protocol;
    struct tcpip_address
        local; /* only packets to this address, or of its family; unspecified: to any */

    /* Takes the frame, a copy whose data is what stands behind the IP header. */
    void (*input)(struct tcpip_raw_port *port, const struct tcpip_packet *packet,
                  struct netif_frame *frame);
};

#if ipconfigUSE_RAW_SOCKETS

void tcpip_raw_init(void);
void tcpip_raw_open(struct tcpip_raw_port *port);
void tcpip_raw_close(struct tcpip_raw_port *port);

/* Hands out copies; the packet stays the caller's. True: somebody wants it. */
bool tcpip_raw_deliver(const struct tcpip_packet *packet);

#else

static inline void tcpip_raw_init(void)
{
}

static inline bool tcpip_raw_deliver(const struct tcpip_packet *packet)
{
    return false;
}

#endif
