/* SPDX-License-Identifier: MIT */
/*
 * The static table. Entries are only added: a reader that sees the count sees what it counts. What
 * changes an entry in use is done with interrupts masked.
 */
#include "client/names.h"

#include "FreeRTOSIPConfigDefaults.h"
#include "core/os.h"
#include "tcpip.h"

struct tcpip_address tcpip_ipv4(uint8_t a, uint8_t b, uint8_t c, uint8_t d)
{
    return (struct tcpip_address){.family = TCPIP_IPV4, .bytes = {a, b, c, d}};
}

#if ipconfigMAX_STATIC_HOSTS > 0

struct host {
    char name[ipconfigDNS_CACHE_NAME_LENGTH];
    struct tcpip_address address;
};

static struct host hosts[ipconfigMAX_STATIC_HOSTS];
static size_t host_count;

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool same_host(const char *a, const char *b)
{
    while (*a != '\0' && lower(*a) == lower(*b)) {
        a++;
        b++;
    }
    return *a == *b;
}

static struct host *find(const char *name, uint8_t family)
{
    for (size_t i = 0; i < host_count; i++)
        if (hosts[i].address.family == family && same_host(hosts[i].name, name))
            return &hosts[i];
    return NULL;
}

bool tcpip_host_add(const char *name, const struct tcpip_address *address)
{
    size_t size = strlen(name) + 1;
    struct host *host = find(name, address->family);

    if (size == 1 || size > ipconfigDNS_CACHE_NAME_LENGTH ||
        (host == NULL && host_count == ipconfigMAX_STATIC_HOSTS))
        return false;
    uint32_t state = tcpip_os_mask();
    if (host == NULL) {
        host = &hosts[host_count];
        memcpy(host->name, name, size);
        host_count++;
    }
    host->address = *address;
    tcpip_os_unmask(state);
    return true;
}

void tcpip_host_clear(void)
{
    host_count = 0;
}

bool tcpip_host_find(const char *name, uint8_t family, struct tcpip_address *address)
{
    const struct host *host = find(name, family);

    if (host == NULL)
        return false;
    uint32_t state = tcpip_os_mask();
    *address = host->address;
    tcpip_os_unmask(state);
    return true;
}

#else

bool tcpip_host_add(const char *name, const struct tcpip_address *address)
{
    return false;
}

void tcpip_host_clear(void)
{
}

#endif
