/* SPDX-License-Identifier: MIT */
/*
 * A few names with their addresses, each until its time to live is over; when all places are taken
 * the one that ends first gives way.
 */
#include "client/names.h"

#include "FreeRTOSIPConfigDefaults.h"
#include "wire/dns.h"

enum { DAY = 86400, SECOND = 1000 };

struct entry {
    struct dns_name name; /* of size 0: free */
    uint32_t since;
    uint32_t lives; /* ms */
    uint8_t count;
    struct tcpip_address addresses[ipconfigDNS_CACHE_ADDRESSES_PER_ENTRY];
};

static struct entry entries[ipconfigUSE_DNS_CACHE ? ipconfigDNS_CACHE_ENTRIES : 1];

enum { ENTRIES = sizeof entries / sizeof entries[0] };

static bool is_fresh(const struct entry *entry, uint32_t now)
{
    return entry->name.size > 0 && now - entry->since < entry->lives;
}

static struct entry *find(const struct dns_name *name, uint8_t family, uint32_t now)
{
    for (size_t i = 0; i < ENTRIES; i++)
        if (is_fresh(&entries[i], now) && entries[i].name.size == name->size &&
            entries[i].addresses[0].family == family &&
            memcmp(entries[i].name.bytes, name->bytes, name->size) == 0)
            return &entries[i];
    return NULL;
}

size_t tcpip_dns_cache_find(const char *name, uint8_t family, uint32_t now,
                            struct tcpip_address *addresses, size_t most)
{
    struct dns_name wanted;
    const struct entry *entry;
    size_t count;

    if (!tcpip_dns_name_from_text(&wanted, name) || (entry = find(&wanted, family, now)) == NULL)
        return 0;
    count = entry->count < most ? entry->count : most;
    memcpy(addresses, entry->addresses, count * sizeof *addresses);
    return count;
}

/* The place for a new entry: a stale one, or the one that ends first. */
static struct entry *place(uint32_t now)
{
    struct entry *first = &entries[0];

    for (size_t i = 0; i < ENTRIES; i++) {
        struct entry *entry = &entries[i];

        if (!is_fresh(entry, now))
            return entry;
        if (entry->lives - (now - entry->since) < first->lives - (now - first->since))
            first = entry;
    }
    return first;
}

void tcpip_dns_cache_add(const char *name, uint32_t ttl, uint32_t now,
                         const struct tcpip_address *addresses, size_t count)
{
    struct dns_name wire;

    if (!ipconfigUSE_DNS_CACHE || count == 0 || ttl == 0 || !tcpip_dns_name_from_text(&wire, name))
        return;
    struct entry *entry = find(&wire, addresses[0].family, now);
    if (entry == NULL)
        entry = place(now);
    if (count > ipconfigDNS_CACHE_ADDRESSES_PER_ENTRY)
        count = ipconfigDNS_CACHE_ADDRESSES_PER_ENTRY;
    entry->name = wire;
    entry->since = now;
    entry->lives = (ttl < DAY ? ttl : DAY) * SECOND;
    entry->count = (uint8_t)count;
    memcpy(entry->addresses, addresses, count * sizeof *addresses);
}

void tcpip_dns_cache_clear(void)
{
    memset(entries, 0, sizeof entries);
}
