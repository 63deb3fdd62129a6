/* SPDX-License-Identifier: MIT */
/*
 * Loop-back: an interface whose frames come back through the inbox, with 127.0.0.1/8 and ::1 as its
 * end-points. What is sent to one of our own addresses, of whichever interface, goes by it. Its frames have
 * an Ethernet header of zeros. Only the stack's task, or before it runs.
 */
#pragma once

#include "FreeRTOSIPConfigDefaults.h"
#include "tcpip_end_point.h"

#if ipconfigUSE_LOOPBACK

/* Adds it, behind all others. */
void tcpip_loop_attach(void);

/* NULL: it was not added, or is not up. */
struct tcpip_interface *tcpip_loop(void);

/* What this interface sends comes back. */
static inline bool tcpip_loops(const struct tcpip_interface *interface)
{
    return interface->loops;
}

#else

static inline void tcpip_loop_attach(void)
{
}

static inline struct tcpip_interface *tcpip_loop(void)
{
    return NULL;
}

static inline bool tcpip_loops(const struct tcpip_interface *interface)
{
    return false;
}

#endif
