/* SPDX-License-Identifier: MIT */
/*
 * A few names with their addresses, or with the knowledge that they have none, each until its time
 * to live is over; when all places are taken the one that ends first gives way.
 *
 * Of a name its digest of 64 bits is kept, under a key that nobody else knows: two names have the same
 * one by chance alone, once in 2^64, and no server can make them so.
 */
#include "client/names.h"

#include "core/os.h"
#include "core/chaskey.h"

#if ipconfigUSE_DNS

enum { DAY = 86400, HOUR = 3600, SECOND = 1000 };

struct entry {
    uint64_t name;
    uint32_t since;
    uint32_t lives; /* ms; 0: free */
    uint8_t family; /* TCPIP_UNSPECIFIED: no address of any */
    uint8_t count;
    uint8_t turn; /* which address comes first the next time */
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

/* Without regard to case. False: there is no key. */
static bool digest(const struct dns_name *name, uint64_t *result)
{
    static uint32_t key[4];
    static bool has_key;
    struct dns_name lower = *name;

    for (size_t i = 0; i < 4 && !has_key; i++)
        if (!tcpip_os_random(&key[i]))
            return false;
    has_key = true;
    tcpip_dns_lower(&lower);
    *result = tcpip_chaskey((const uint8_t *)key, lower.bytes, lower.size);
    return true;
}

static bool knows(const struct entry *entry, uint64_t name, uint8_t family)
{
    return entry->name == name && (entry->family == family || (ipconfigDNS_CACHE_ABSENCE &&
                                                               entry->family == TCPIP_UNSPECIFIED));
}

/* The entry of a name that is still good. */
static struct entry *find(uint64_t name, uint8_t family, uint32_t now)
{
    for (struct entry *entry = entries; entry < entries + ENTRIES; entry++)
        if (knows(entry, name, family) && left(entry, now) > 0)
            return entry;
    return NULL;
}

/* The place for a new one: a stale one, or the one that ends first. */
static struct entry *make_room(uint32_t now)
{
    struct entry *first = &entries[0];
    uint32_t least = UINT32_MAX;

    for (struct entry *entry = entries; entry < entries + ENTRIES; entry++) {
        uint32_t lives = left(entry, now);

        if (lives < least) {
            least = lives;
            first = entry;
        }
    }
    return first;
}

bool tcpip_dns_cache_find(const struct dns_name *name, uint8_t family, uint32_t now,
                          struct tcpip_address *addresses, size_t *count)
{
    uint64_t wanted;

    if (!ipconfigUSE_DNS_CACHE || !digest(name, &wanted))
        return false;
    struct entry *entry = find(wanted, family, now);
    if (entry == NULL)
        return false;
    *count = entry->count;
    for (size_t i = 0; i < entry->count; i++)
        addresses[i] = entry->addresses[(i + entry->turn) % entry->count];
    entry->turn++;
    return true;
}

void tcpip_dns_cache_add(const struct dns_name *name, uint8_t family, uint32_t ttl, uint32_t now,
                         const struct tcpip_address *addresses, size_t count)
{
    uint32_t longest = !ipconfigDNS_CACHE_ABSENCE || count > 0 ? DAY : HOUR;
    uint64_t wanted;

    if (!ipconfigUSE_DNS_CACHE || ttl == 0 || !digest(name, &wanted))
        return;
    struct entry *entry = find(wanted, family, now);
    if (entry == NULL)
        entry = make_room(now);
    if (count > ipconfigDNS_CACHE_ADDRESSES_PER_ENTRY)
        count = ipconfigDNS_CACHE_ADDRESSES_PER_ENTRY;
    entry->since = now;
    entry->lives = (ttl < longest ? ttl : longest) * SECOND;
    entry->family = family;
    entry->count = (uint8_t)count;
    entry->turn = 1; /* the first has just been given out */
    entry->name = wanted;
    if (count > 0)
        memcpy(entry->addresses, addresses, count * sizeof *addresses);
}

void tcpip_dns_cache_clear(void)
{
    for (size_t i = 0; i < ENTRIES; i++)
        entries[i].lives = 0;
}

#endif
