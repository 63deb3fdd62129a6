/* SPDX-License-Identifier: MIT */
/*
 * Multicast DNS in the stack: its port and groups, and when it begins and ends. mdns_own.h has our
 * names and records, mdns_browse.h the questions about those of others. Only the stack's task.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "FreeRTOSIPConfigDefaults.h"
#include "core/end_point.h"
#include "wire/dns_writer.h"

#if ipconfigUSE_MDNS

void tcpip_mdns_init(void);
void tcpip_mdns_shutdown(void);

/* An end-point came, changed, or went. */
void tcpip_mdns_end_point_changed(struct tcpip_end_point *end_point,
                                  enum tcpip_end_point_event event);

/* Asks everybody on every interface, once. */
void tcpip_mdns_ask(const struct dns_name *name, uint16_t type);

/* Whether the text is our own host's name. */
bool tcpip_mdns_is_own(const char *text);

#else

static inline void tcpip_mdns_init(void)
{
}

static inline void tcpip_mdns_shutdown(void)
{
}

static inline void tcpip_mdns_end_point_changed(struct tcpip_end_point *end_point,
                                                enum tcpip_end_point_event event)
{
}

static inline void tcpip_mdns_ask(const struct dns_name *name, uint16_t type)
{
}

static inline bool tcpip_mdns_is_own(const char *text)
{
    return false;
}

#endif
