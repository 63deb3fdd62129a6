/* SPDX-License-Identifier: MIT */
/*
 * The DHCPv6 client of an end-point: joins the machine of dhcp6_machine.h with the clock, the network and
 * the end-point. Only the stack's task.
 */
#pragma once

#include <stdbool.h>

#include "FreeRTOSIPConfigDefaults.h"
#include "tcpip_end_point.h"

#if ipconfigUSE_IPv6 && ipconfigUSE_DHCPv6

/* Starts: from SOLICIT, or from the lease of before it was paused. False: no memory. */
bool tcpip_dhcp6_start(struct tcpip_end_point *end_point);

/* Asks for DNS servers alone, once and then as often as the server says. Harmless when it runs. */
void tcpip_dhcp6_inform(struct tcpip_end_point *end_point);

/* The link is gone. The lease is remembered. */
void tcpip_dhcp6_pause(struct tcpip_end_point *end_point);

/* Gives the lease back. The client then rests until it is started. */
void tcpip_dhcp6_release(struct tcpip_end_point *end_point);

/* Ends the client and forgets the lease; harmless when it does not run. */
void tcpip_dhcp6_stop(struct tcpip_end_point *end_point);

#else

static inline bool tcpip_dhcp6_start(struct tcpip_end_point *end_point)
{
    return false;
}

static inline void tcpip_dhcp6_inform(struct tcpip_end_point *end_point)
{
}

static inline void tcpip_dhcp6_pause(struct tcpip_end_point *end_point)
{
}

static inline void tcpip_dhcp6_release(struct tcpip_end_point *end_point)
{
}

static inline void tcpip_dhcp6_stop(struct tcpip_end_point *end_point)
{
}

#endif
