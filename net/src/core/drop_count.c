/* SPDX-License-Identifier: MIT */
#include "core/drop.h"

#include <string.h>

uint32_t tcpip_drops(enum tcpip_drop reason)
{
    return tcpip_drop_counts[reason];
}

void tcpip_drops_reset(void)
{
    memset(tcpip_drop_counts, 0, sizeof tcpip_drop_counts);
}
