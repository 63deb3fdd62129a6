/* SPDX-License-Identifier: MIT */
/*
 * A few names with their addresses, or with the knowledge that they have none, each until its time
 * to live is over; when all places are taken the one that ends first gives way.
 *
 * Of a name its digest of 64 bits is kept, under a key that nobody else knows: two names have the same
 * one by chance alone, once in 2^64, and no server can make them so.
 */
#include "client/names.h"

#include "core/chaskey.h"
#include "core/os.h"
#include "core/timer.h"

#if ipconfigUSE_DNS

enum { DAY = 86400, HOUR = 3600 };

struct entry {
    uint64_t name;
    uint32_t until; /* in tcpip_seconds(); 0: free */
    uint8_t family; /* TCPIP_UNSPECIFIED: no address of any */
    uint8_t count;
    uint8_t turn; /* which address comes first the next time */
    struct tcpip_address addresses[ipconfigDNS_CACHE_ADDRESSES_PER_ENTRY];
};

static struct entry entries[ipconfigUSE_DNS_CACHE ? ipconfigDNS_CACHE_ENTRIES : 1];

enum { ENTRIES = sizeof entries / sizeof entries[0] };

/* Without regard to case: the name is left in small letters. 0: there is no key. */
static uint64_t digest(struct dns_name *name)
{
    static struct {
        uint32_t words[4];
        size_t filled;
    } key;

    for (; key.filled < 4; key.filled++)
        if (!tcpip_os_random(&key.words[key.filled]))
            return 0;
    tcpip_dns_lower(name);
    return tcpip_chaskey((const uint8_t *)key.words, name->bytes, name->size);
}

static bool knows(const struct entry *entry, uint64_t name, uint8_t family)
{
    return entry->name == name && (entry->family == family || (ipconfigDNS_CACHE_ABSENCE &&
                                                               entry->family == TCPIP_UNSPECIFIED));
}

/* The entry of a name that is still good. */
static struct entry *find(uint64_t name, uint8_t family)
{
    uint32_t now = tcpip_seconds();

    for (struct entry *entry = entries; entry < entries + ENTRIES; entry++)
        if (knows(entry, name, family) && entry->until > now)
            return entry;
    return NULL;
}

/* The place for a new one: the one that ends first, or has ended. */
static struct entry *make_room(void)
{
    struct entry *first = entries;

    for (struct entry *entry = entries + 1; entry < entries + ENTRIES; entry++)
        if (entry->until < first->until)
            first = entry;
    return first;
}

int tcpip_dns_cache_find(struct dns_name *name, uint8_t family, struct tcpip_address *addresses)
{
    struct entry *entry = ipconfigUSE_DNS_CACHE ? find(digest(name), family) : NULL;

    if (entry == NULL)
        return -1;
    for (unsigned i = 0; i < entry->count; i++)
        addresses[i] = entry->addresses[(i + entry->turn) % entry->count];
    entry->turn++;
    return entry->count;
}

void tcpip_dns_cache_add(struct dns_name *name, uint8_t family, uint32_t ttl,
                         const struct tcpip_address *addresses, size_t count)
{
    uint32_t longest = !ipconfigDNS_CACHE_ABSENCE || count > 0 ? DAY : HOUR;
    uint64_t wanted = ipconfigUSE_DNS_CACHE ? digest(name) : 0;

    if (wanted == 0 || ttl == 0)
        return;
    struct entry *entry = find(wanted, family);
    if (entry == NULL)
        entry = make_room();
    if (count > ipconfigDNS_CACHE_ADDRESSES_PER_ENTRY)
        count = ipconfigDNS_CACHE_ADDRESSES_PER_ENTRY;
    entry->until = tcpip_seconds() + (ttl < longest ? ttl : longest);
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
        entries[i].until = 0;
}

#endif
