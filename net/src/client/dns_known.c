/* SPDX-License-Identifier: MIT */
#include "client/dns_lookup.h"

#if ipconfigUSE_DNS

size_t tcpip_dns_known(const char *name, uint8_t family, struct tcpip_address *addresses)
{
    struct dns_name *wire = &tcpip_dns_asked.name;

    if (tcpip_dns_is_number(name, addresses))
        return addresses->family == family;
    int count = tcpip_dns_is_fixed(name, family, addresses);
    for (unsigned form = 0; form < tcpip_dns_forms(name) && count <= 0; form++)
        if (tcpip_dns_name_in_form(name, form, wire))
            count = tcpip_dns_cache_find(wire, family, addresses);
    return count > 0 ? (size_t)count : 0;
}

#endif
