/* SPDX-License-Identifier: MIT */
#include "client/dns_lookup.h"

#if ipconfigUSE_DNS

void tcpip_dns_shutdown(void)
{
    while (tcpip_dns_lookups != NULL)
        tcpip_dns_give_up(tcpip_dns_lookups);
    tcpip_dns_cache_clear();
}

#endif
