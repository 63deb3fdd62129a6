/* SPDX-License-Identifier: MIT */
/*
 * Received frames for whoever wants to see them, besides the protocols. Only the stack's task.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tcpip_end_point.h"

struct tcpip_frame_port {
    struct tcpip_frame_port *next;
    struct tcpip_interface *interface;
    uint16_t type; /* 0: any */

    /* The frame from its Ethernet header on; the bytes stay the caller's. */
    void (*input)(struct tcpip_frame_port *port, const uint8_t *bytes, size_t size);
};

#if ipconfigUSE_PACKET_SOCKETS

void tcpip_frame_ports_init(void);
void tcpip_frame_port_open(struct tcpip_frame_port *port);
void tcpip_frame_port_close(struct tcpip_frame_port *port);

/* Shows a frame that has passed the checks of its stations. True: somebody wants it. */
bool tcpip_frame_ports_show(const struct tcpip_interface *interface, const uint8_t *bytes,
                            size_t size, uint16_t type);

/* Somebody listens at the device of this interface, perhaps for a group. */
bool tcpip_frame_ports_at(struct tcpip_interface *interface);

#else

static inline void tcpip_frame_ports_init(void)
{
}

static inline bool tcpip_frame_ports_show(const struct tcpip_interface *interface,
                                          const uint8_t *bytes, size_t size, uint16_t type)
{
    return false;
}

static inline bool tcpip_frame_ports_at(struct tcpip_interface *interface)
{
    return false;
}

#endif
