/* SPDX-License-Identifier: MIT */
/*
 * Answers questions for names of NetBIOS that the application says are this host's (RFC 1002). Only
 * the stack's task.
 */
#pragma once

#include "FreeRTOSIPConfigDefaults.h"

#if ipconfigUSE_NBNS

void tcpip_nbns_init(void);
void tcpip_nbns_shutdown(void);

#else

static inline void tcpip_nbns_init(void)
{
}

static inline void tcpip_nbns_shutdown(void)
{
}

#endif
