/* SPDX-License-Identifier: MIT */
/* The application's search domains. */
#include "client/names.h"
#include "core/os.h"
#include "tcpip.h"

bool tcpip_dns_search_add(const char *domain)
{
    struct tcpip_search_domains *domains = &tcpip_search_domains;
    size_t most = ipconfigDNS_SEARCH_DOMAINS;
    bool room = domains->count < most;
    uint32_t state = tcpip_os_mask();

    if (room)
        domains->names[domains->count++] = domain;
    tcpip_os_unmask(state);
    return room;
}

void tcpip_dns_search_clear(void)
{
    tcpip_search_domains.count = 0;
}
