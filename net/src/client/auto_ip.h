/* SPDX-License-Identifier: MIT */
/*
 * Link-local addresses of IPv4 (RFC 3927), for a link without a DHCP server. Only the stack's task.
 */
#pragma once

#include <stdbool.h>

#include "FreeRTOSIPConfigDefaults.h"
#include "tcpip_end_point.h"

#if ipconfigDHCP_FALL_BACK_AUTO_IP

/* Claims an address for the end-point, unless it has one or claims one already. */
void tcpip_auto_ip_start(struct tcpip_end_point *end_point);

/* Somebody has the address that the end-point claims, or uses. False: it is none of these. True: it
 * claims another. */
bool tcpip_auto_ip_collided(struct tcpip_end_point *end_point);

#else

static inline void tcpip_auto_ip_start(struct tcpip_end_point *end_point)
{
}

static inline bool tcpip_auto_ip_collided(struct tcpip_end_point *end_point)
{
    return false;
}

#endif
