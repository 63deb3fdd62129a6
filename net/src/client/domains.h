/* SPDX-License-Identifier: MIT */
/*
 * Search domains that the network has named, beside those of tcpip_dns_search_add, which go first. At
 * most ipconfigDNS_LEARNT_DOMAINS; what comes when all places are taken is left out. Only the stack's
 * task.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "FreeRTOSIPConfigDefaults.h"

struct tcpip_interface;

enum tcpip_domain_source { TCPIP_DOMAINS_DHCP, TCPIP_DOMAINS_DHCP6, TCPIP_DOMAINS_ROUTER };

#define TCPIP_DOMAINS_FOREVER UINT32_MAX

#if ipconfigUSE_DNS && ipconfigDNS_LEARNT_DOMAINS > 0

/* The list of names that a source on the interface has for so many seconds; 0: no longer. What it had
 * named before and does not name now is kept, for routers; of a lease it is forgotten. */
void tcpip_domains_learn(const struct tcpip_interface *interface, enum tcpip_domain_source source,
                         const uint8_t *list, size_t size, uint32_t lifetime);
void tcpip_domains_forget(const struct tcpip_interface *interface, enum tcpip_domain_source source);

/* All, when the stack begins. */
void tcpip_domains_init(void);

/* How many are good now, and one of them; NULL: there are not so many. */
size_t tcpip_domains_count(void);
const char *tcpip_domains_at(size_t index);

#else

static inline void tcpip_domains_learn(const struct tcpip_interface *interface,
                                       enum tcpip_domain_source source, const uint8_t *list,
                                       size_t size, uint32_t lifetime)
{
}

static inline void tcpip_domains_forget(const struct tcpip_interface *interface,
                                        enum tcpip_domain_source source)
{
}

static inline void tcpip_domains_init(void)
{
}

static inline size_t tcpip_domains_count(void)
{
    return 0;
}

static inline const char *tcpip_domains_at(size_t index)
{
    return NULL;
}

#endif
