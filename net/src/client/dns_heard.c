/* SPDX-License-Identifier: MIT */
/*
 * What responses of Multicast DNS mean to the resolver: they end look-ups of names in "local", and
 * what is remembered of such names follows them. Nothing else is taken from them.
 */
#include "client/dns_lookup.h"

#include "wire/mdns.h"

#if ipconfigUSE_DNS && ipconfigUSE_MDNS

static struct tcpip_address heard_addresses[ipconfigDNS_CACHE_ADDRESSES_PER_ENTRY];

/* Takes and remembers the addresses that the link has for a name; returns their number, 0 also when
 * they say goodbye: then they are good for a second at most (RFC 6762 10.1). */
static size_t take_heard(const struct dns_message *message, uint8_t family)
{
    uint32_t ttl;
    size_t count = tcpip_mdns_addresses(message, &tcpip_dns_asked.name, family, heard_addresses,
                                        ipconfigDNS_CACHE_ADDRESSES_PER_ENTRY, &ttl);

    if (count > 0)
        tcpip_dns_cache_add(&tcpip_dns_asked.name, family, ttl == 0 ? 1 : ttl, heard_addresses,
                            count);
    return ttl == 0 ? 0 : count;
}

/* What is remembered of a host follows what the host says. */
static void refresh_cache(const struct dns_message *message)
{
    struct dns_header header;
    struct dns_record record;

    if (!tcpip_dns_read_header(message, &header))
        return;
    struct dns_cursor cursor = tcpip_dns_cursor(&header);
    while (tcpip_dns_next(message, &cursor, &record)) {
        uint8_t family = record.type == DNS_TYPE_AAAA ? TCPIP_IPV6 : TCPIP_IPV4;

        if (cursor.section == DNS_ANSWERS &&
            (record.type == DNS_TYPE_A || record.type == DNS_TYPE_AAAA) &&
            tcpip_dns_read_name(message, record.owner, &tcpip_dns_asked.name) &&
            tcpip_mdns_is_local(&tcpip_dns_asked.name) &&
            tcpip_dns_cache_find(&tcpip_dns_asked.name, family, heard_addresses) >= 0)
            (void)take_heard(message, family);
    }
}

/* What a response says about the name that was recalled. False: nothing. */
static bool hear_about(struct tcpip_dns_lookup *lookup, const struct dns_message *message)
{
    uint16_t type = lookup->family == TCPIP_IPV6 ? DNS_TYPE_AAAA : DNS_TYPE_A;
    size_t count = take_heard(message, lookup->family);
    uint32_t ttl;

    if (count == 0 && !tcpip_mdns_denies(message, &tcpip_dns_asked.name, type, &ttl))
        return false;
    if (count == 0)
        tcpip_dns_cache_add(&tcpip_dns_asked.name, lookup->family, ttl, NULL, 0);
    tcpip_dns_finish(lookup, heard_addresses, count);
    return true;
}

void tcpip_dns_heard(const struct dns_message *message)
{
    struct tcpip_dns_lookup *lookup = tcpip_dns_lookups;

    refresh_cache(message);
    while (lookup != NULL) {
        bool ended = lookup->on_link && tcpip_dns_recall_name(lookup) &&
                     hear_about(lookup, message);

        lookup = ended ? tcpip_dns_lookups : lookup->next; /* others may have begun or ended */
    }
}

#endif
