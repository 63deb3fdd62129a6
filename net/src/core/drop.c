/* SPDX-License-Identifier: MIT */
/*
 * The counters of lost frames.
 */
#include "core/drop.h"

#include <string.h>

#include "core/frame.h"

static uint32_t counts[TCPIP_DROP_REASONS];

uint32_t (*tcpip_drops_elsewhere)(enum tcpip_drop reason);
void (*tcpip_drop_told)(enum tcpip_drop reason, const struct netif_frame *frame);

void tcpip_drop(struct netif_frame *frame, enum tcpip_drop reason)
{
    counts[reason]++;
    if (tcpip_drop_told != NULL)
        tcpip_drop_told(reason, frame);
    if (frame != NULL)
        tcpip_frame_release(frame);
}

uint32_t tcpip_drops(enum tcpip_drop reason)
{
    return counts[reason] + (tcpip_drops_elsewhere != NULL ? tcpip_drops_elsewhere(reason) : 0);
}

void tcpip_drops_reset(void)
{
    memset(counts, 0, sizeof counts);
}
