/* SPDX-License-Identifier: MIT */
/*
 * The DHCP client of an end-point: joins the machine of dhcp_machine.h with the clock, the network
 * and the end-point. Only the stack's task.
 */
#pragma once

#include <stdbool.h>

#include "tcpip_end_point.h"

/* What the application may decide on the way: see xApplicationDHCPHook. */
enum tcpip_dhcp_phase { TCPIP_DHCP_BEFORE_DISCOVER, TCPIP_DHCP_BEFORE_REQUEST };
enum tcpip_dhcp_answer { TCPIP_DHCP_CONTINUE, TCPIP_DHCP_USE_DEFAULTS, TCPIP_DHCP_STOP };

/* May be NULL: always go on. `address` is the one offered, or unspecified. */
extern enum tcpip_dhcp_answer (*tcpip_dhcp_ask)(struct tcpip_end_point *end_point,
                                                enum tcpip_dhcp_phase phase,
                                                const struct tcpip_address *address);

/* The name that is registered with the server, or NULL. */
extern const char *(*tcpip_dhcp_host_name)(void);

#if ipconfigUSE_DHCP

/* Starts: from DISCOVER, or from the lease of before it was paused. False: no memory. */
bool tcpip_dhcp_start(struct tcpip_end_point *end_point);

/* The link is gone. The lease is remembered. */
void tcpip_dhcp_pause(struct tcpip_end_point *end_point);

/* Gives the lease back. The client then rests until it is started. */
void tcpip_dhcp_release(struct tcpip_end_point *end_point);

/* Ends the client and forgets the lease; harmless when it does not run. */
void tcpip_dhcp_stop(struct tcpip_end_point *end_point);

#else

static inline bool tcpip_dhcp_start(struct tcpip_end_point *end_point)
{
    return false;
}

static inline void tcpip_dhcp_pause(struct tcpip_end_point *end_point)
{
}

static inline void tcpip_dhcp_release(struct tcpip_end_point *end_point)
{
}

static inline void tcpip_dhcp_stop(struct tcpip_end_point *end_point)
{
}

#endif
