/* SPDX-License-Identifier: MIT */
/*
 * What is known of names without asking, and in which family they are asked for.
 */
#include "FreeRTOS_DNS.h"

#include "api/api.h"
#include "client/dns.h"
#include "socket/socket.h"

#if ipconfigUSE_DNS

struct known_call {
    struct tcpip_call call;
    const char *name;
    struct tcpip_address addresses[ipconfigDNS_CACHE_ADDRESSES_PER_ENTRY];
};

static int32_t find_known(void *object, struct tcpip_call *call)
{
    struct known_call *finding = (struct known_call *)call;

    return (int32_t)tcpip_dns_known(finding->name, TCPIP_IPV4, finding->addresses);
}

uint32_t FreeRTOS_dnslookup(const char *name)
{
    struct known_call finding = {.name = name};

    if (name == NULL || tcpip_call(&finding.call, find_known, NULL, NULL, 0) == 0)
        return 0;
    return tcpip_api_number(&finding.addresses[0]);
}

static int32_t clear_cache(void *object, struct tcpip_call *call)
{
    tcpip_dns_cache_clear();
    return 0;
}

void FreeRTOS_dnsclear(void)
{
    struct tcpip_call call;

    tcpip_call(&call, clear_cache, NULL, NULL, 0);
}

BaseType_t FreeRTOS_SetDNSIPPreference(IPPreference_t preference)
{
    tcpip_dns_preferred = preference == xPreferenceIPv4   ? TCPIP_IPV4
                          : preference == xPreferenceIPv6 ? TCPIP_IPV6
                                                          : TCPIP_UNSPECIFIED;
    return pdPASS;
}

#endif
