/* SPDX-License-Identifier: MIT */
/*
 * Answers questions for names that the application says are this host's, by link-local multicast name
 * resolution (RFC 4795). Only the stack's task.
 */
#pragma once

#include "core/end_point.h"

#if ipconfigUSE_LLMNR

void tcpip_llmnr_init(void);
void tcpip_llmnr_shutdown(void);
void tcpip_llmnr_end_point_changed(struct tcpip_end_point *end_point,
                                   enum tcpip_end_point_event event);

#else

static inline void tcpip_llmnr_init(void)
{
}

static inline void tcpip_llmnr_shutdown(void)
{
}

static inline void tcpip_llmnr_end_point_changed(struct tcpip_end_point *end_point,
                                                 enum tcpip_end_point_event event)
{
}

#endif
