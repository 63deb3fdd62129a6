/* SPDX-License-Identifier: MIT */
/*
 * A few names with their addresses, or with the knowledge that they have none, each until its time
 * to live is over; when all places are taken the one that ends first gives way.
 */
#include "client/names.h"

enum { DAY = 86400, HOUR = 3600, SECOND = 1000 };

/* A text of n characters is n + 2 bytes on the wire. */
enum { NAME_SIZE = ipconfigDNS_CACHE_NAME_LENGTH + 1 };

struct entry {
    uint32_t since;
    uint32_t lives; /* ms; 0: free */
    uint8_t family; /* TCPIP_UNSPECIFIED: no address of any */
    uint8_t count;
    uint8_t turn; /* which address comes first the next time */
    uint8_t size;
    uint8_t name[NAME_SIZE];
    struct tcpip_address addresses[ipconfigDNS_CACHE_ADDRESSES_PER_ENTRY];
};

static struct entry entries[ipconfigUSE_DNS_CACHE ? ipconfigDNS_CACHE_ENTRIES : 1];

enum { ENTRIES = sizeof entries / sizeof entries[0] };

/* 0: not fresh any more. */
static uint32_t left(const struct entry *entry, uint32_t now)
{
    uint32_t age = now - entry->since;

    return age < entry->lives ? entry->lives - age : 0;
}

static struct entry *find(const struct dns_name *name, uint8_t family, uint32_t now)
{
    for (size_t i = 0; i < ENTRIES; i++) {
        struct entry *entry = &entries[i];
        const struct dns_message own = {entry->name, entry->size};

        if (left(entry, now) > 0 &&
            (entry->family == family || entry->family == TCPIP_UNSPECIFIED) &&
            tcpip_dns_is_name(&own, 0, name))
            return entry;
    }
    return NULL;
}

bool tcpip_dns_cache_find(const struct dns_name *name, uint8_t family, uint32_t now,
                          struct tcpip_address *addresses, size_t *count)
{
    struct entry *entry = find(name, family, now);

    if (!ipconfigUSE_DNS_CACHE || entry == NULL)
        return false;
    *count = entry->count;
    for (size_t i = 0; i < entry->count; i++)
        addresses[i] = entry->addresses[(i + entry->turn) % entry->count];
    entry->turn++;
    return true;
}

/* The place for a new entry: a stale one, or the one that ends first. */
static struct entry *place(uint32_t now)
{
    struct entry *first = &entries[0];

    for (size_t i = 1; i < ENTRIES; i++)
        if (left(&entries[i], now) < left(first, now))
            first = &entries[i];
    return first;
}

void tcpip_dns_cache_add(const struct dns_name *name, uint8_t family, uint32_t ttl, uint32_t now,
                         const struct tcpip_address *addresses, size_t count)
{
    uint32_t longest = count > 0 ? DAY : HOUR;
    size_t size = name->size;

    if (!ipconfigUSE_DNS_CACHE || ttl == 0 || size > NAME_SIZE)
        return;
    struct entry *entry = find(name, family, now);
    if (entry == NULL)
        entry = place(now);
    if (count > ipconfigDNS_CACHE_ADDRESSES_PER_ENTRY)
        count = ipconfigDNS_CACHE_ADDRESSES_PER_ENTRY;
    entry->since = now;
    entry->lives = (ttl < longest ? ttl : longest) * SECOND;
    entry->family = family;
    entry->count = (uint8_t)count;
    entry->turn = 1; /* the first has just been given out */
    entry->size = (uint8_t)size;
    memcpy(entry->name, name->bytes, size);
    if (count > 0)
        memcpy(entry->addresses, addresses, count * sizeof *addresses);
}

void tcpip_dns_cache_clear(void)
{
    for (size_t i = 0; i < ENTRIES; i++)
        entries[i].lives = 0;
}
