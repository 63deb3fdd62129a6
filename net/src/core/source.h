/* SPDX-License-Identifier: MIT */
/*
 * Which of an interface's addresses a packet is sent from (RFC 6724 5). With IPv4 it is the one of the
 * end-point that shows the way.
 */
#pragma once

#include "tcpip_end_point.h"

#if ipconfigUSE_IPv6

/* `way` shows the way to `destination`. */
struct tcpip_end_point *tcpip_source_find(struct tcpip_end_point *way,
                                          const struct tcpip_address *destination);

#else

static inline struct tcpip_end_point *tcpip_source_find(struct tcpip_end_point *way,
                                                        const struct tcpip_address *destination)
{
    return way;
}

#endif
