/* SPDX-License-Identifier: MIT */
/*
 * Where captures look at frames: one pointer, NULL while there is none. Called in the stack's task
 * with every frame that a driver brought, before it is judged, and with every frame that is about to
 * go to one.
 */
#pragma once

#include "tcpip_end_point.h"

struct netif_frame;

extern void (*tcpip_frame_seen)(const struct tcpip_interface *interface,
                                const struct netif_frame *frame);

static inline void tcpip_capture_frame(const struct tcpip_interface *interface,
                                       const struct netif_frame *frame)
{
    if (tcpip_frame_seen != NULL)
        tcpip_frame_seen(interface, frame);
}
