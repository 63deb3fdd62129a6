/* SPDX-License-Identifier: MIT */
/*
 * The counters of lost frames.
 */
#include "core/drop.h"

#include "core/frame.h"

uint32_t tcpip_drop_counts[TCPIP_DROP_REASONS];

void (*tcpip_drop_told)(enum tcpip_drop reason, const struct netif_frame *frame);

void tcpip_drop(struct netif_frame *frame, enum tcpip_drop reason)
{
    tcpip_drop_counts[reason]++;
    if (tcpip_drop_told != NULL)
        tcpip_drop_told(reason, frame);
    if (frame != NULL)
        tcpip_frame_release(frame);
}
