/* SPDX-License-Identifier: MIT */
/*
 * Looking names of one label up on the link, by LLMNR and by NetBIOS at once. For the resolver.
 */
#pragma once

#include "client/dns_lookup.h"

#define TCPIP_LINK_LOOKUP (ipconfigUSE_LLMNR || ipconfigUSE_NBNS)

/* True when a name has just one label. */
static inline bool tcpip_link_is_for(const struct dns_name *name)
{
    return name->size == name->bytes[0] + 2u;
}

/* Asks for the name in tcpip_dns_asked once, from a new port. False: that was not possible. */
#if TCPIP_LINK_LOOKUP
bool tcpip_link_ask(struct tcpip_dns_lookup *lookup);
#else
static inline bool tcpip_link_ask(struct tcpip_dns_lookup *lookup)
{
    return false;
}
#endif
