/* SPDX-License-Identifier: MIT */
#include "wire/mdns.h"

#if ipconfigUSE_MDNS

enum {
    SRV_FIXED = 6,           /* priority, weight, port */
    RECORDS_MAX = 65535 / 11 /* of a message */
};

struct tcpip_address tcpip_mdns_group(uint8_t family)
{
    static const struct tcpip_address four = {.family = TCPIP_IPV4, .bytes = {224, 0, 0, 251}};
#if ipconfigUSE_IPv6
    static const struct tcpip_address six = {.family = TCPIP_IPV6,
                                             .bytes = {0xff, 0x02, [15] = 0xfb}};
    if (family == TCPIP_IPV6)
        return six;
#endif
    return four;
}

bool tcpip_mdns_is_local(const struct dns_name *name)
{
    static const uint8_t bytes[] = {5, 'l', 'o', 'c', 'a', 'l', 0};
    const struct dns_message local = {bytes, sizeof bytes}, own = {name->bytes, name->size};
    size_t at = 0;

    /*@ loop invariant at <= own.size + 255;
        loop assigns at;
        loop variant own.size - at; */
    while (own.size > sizeof bytes + at) /* further than at the end */
        at += 1u + name->bytes[at];
    return at > 0 && tcpip_dns_same_name(&own, at, &local, 0);
}

/* Where a name begins in the data; -1: there is none. */
/*@ requires \valid_read(record);
    assigns \nothing;
    ensures \result == tcpip_mdns_name_at(record); */
static int name_in_data(const struct dns_record *record)
{
    if (record->type == DNS_TYPE_PTR || record->type == DNS_TYPE_CNAME)
        return 0;
    return record->type == DNS_TYPE_SRV ? SRV_FIXED : -1;
}

bool tcpip_mdns_sound(const struct dns_message *message, const struct dns_record *record)
{
    int fixed = name_in_data(record);
    size_t offset = record->data + (size_t)(fixed > 0 ? fixed : 0);

    return fixed < 0 || (record->size > fixed && tcpip_dns_skip_name(message, &offset) &&
                         offset == record->data + record->size);
}

/*@ requires tcpip_dns_can_read(a) && \valid_read(in_a) && tcpip_dns_is_inside(in_a, a);
    requires tcpip_dns_can_read(b) && \valid_read(in_b) && tcpip_dns_is_inside(in_b, b);
    assigns \nothing; */
static int compare_bytes(const struct dns_message *a, const struct dns_record *in_a,
                         const struct dns_message *b, const struct dns_record *in_b)
{
    size_t less = in_a->size < in_b->size ? in_a->size : in_b->size;
    int order = memcmp(a->bytes + in_a->data, b->bytes + in_b->data, less);

    return order != 0 ? order : in_a->size - in_b->size;
}

/*@ requires tcpip_dns_can_read(a) && \valid_read(in_a) && tcpip_mdns_is_sound(in_a, a);
    requires tcpip_dns_can_read(b) && \valid_read(in_b) && tcpip_mdns_is_sound(in_b, b);
    assigns \nothing; */
static int compare(const struct dns_message *a, const struct dns_record *in_a,
                   const struct dns_message *b, const struct dns_record *in_b)
{
    int class = in_a->class % MDNS_UNIQUE - in_b->class % MDNS_UNIQUE;
    int fixed = name_in_data(in_a);

    if (class != 0)
        return class;
    if (in_a->type != in_b->type)
        return in_a->type - in_b->type;
    if (fixed < 0)
        return compare_bytes(a, in_a, b, in_b);
    int order = memcmp(a->bytes + in_a->data, b->bytes + in_b->data, (size_t)fixed);
    return order != 0 ? order
                      : tcpip_dns_compare_names(a, in_a->data + (size_t)fixed, b,
                                                in_b->data + (size_t)fixed);
}

/*@ requires tcpip_dns_can_read(message) && \valid_read(record) && \valid_read(name);
    requires tcpip_dns_is_inside(record, message);
    assigns \nothing;
    ensures \result ==> tcpip_mdns_is_sound(record, message); */
static bool is_proposed(const struct dns_message *message, const struct dns_record *record,
                        const struct dns_name *name)
{
    return tcpip_mdns_sound(message, record) && tcpip_dns_is_name(message, record->owner, name);
}

/* Goes on from a record proposed for the name to the one that comes next; from none, whose data lie at
 * 0, to the first. False: there is none further. */
/*@ requires tcpip_dns_can_read(message) && \valid_read(name) && \valid(last);
    requires last->data == 0 || tcpip_mdns_is_sound(last, message);
    requires \separated(last, name) && \separated(last, message);
    requires \separated(last, message->bytes + (0 .. message->size - 1));
    assigns *last;
    ensures \result ==> last->data != 0 && tcpip_mdns_is_sound(last, message); */
static bool move_on(const struct dns_message *message, const struct dns_name *name,
                    struct dns_record *last)
{
    struct dns_header header;
    struct dns_record record, next;
    bool found = false;

    if (!tcpip_dns_read_header(message, &header))
        return false;
    struct dns_cursor cursor = tcpip_dns_cursor(&header);
    /*@ loop invariant cursor.offset <= message->size && cursor.section <= DNS_SECTIONS;
        loop invariant found ==> next.data != 0 && tcpip_mdns_is_sound(&next, message);
        loop assigns cursor, record, found, next;
        loop variant message->size - cursor.offset; */
    while (tcpip_dns_next(message, &cursor, &record)) {
        if (cursor.section == DNS_AUTHORITIES && is_proposed(message, &record, name) &&
            (last->data == 0 || compare(message, &record, message, last) > 0) &&
            (!found || compare(message, &record, message, &next) < 0)) {
            next = record;
            found = true;
        }
    }
    if (found)
        *last = next;
    return found;
}

int tcpip_mdns_compare_probes(const struct dns_message *ours, const struct dns_message *theirs,
                              const struct dns_name *name)
{
    struct dns_record our = {.data = 0}, their = {.data = 0};
    int order = 0;

    /*@ loop invariant our.data == 0 || tcpip_mdns_is_sound(&our, ours);
        loop invariant their.data == 0 || tcpip_mdns_is_sound(&their, theirs);
        loop assigns step, order, our, their;
        loop variant RECORDS_MAX - step; */
    for (int step = 0; order == 0 && step < RECORDS_MAX; step++) {
        bool we_have = move_on(ours, name, &our);
        bool they_have = move_on(theirs, name, &their);

        if (!we_have || !they_have) /* who runs out first comes first */
            return (int)we_have - (int)they_have;
        order = compare(ours, &our, theirs, &their);
    }
    return order;
}

size_t tcpip_mdns_addresses(const struct dns_message *message, const struct dns_name *name,
                            uint8_t family, struct tcpip_address *addresses, size_t most,
                            uint32_t *ttl)
{
    uint16_t type = family == TCPIP_IPV6 ? DNS_TYPE_AAAA : DNS_TYPE_A;
    uint16_t size = family == TCPIP_IPV6 ? 16 : 4;
    struct dns_header header;
    struct dns_record record;
    size_t count = 0;

    *ttl = UINT32_MAX;
    if (size > sizeof addresses->bytes || !tcpip_dns_read_header(message, &header))
        return 0;
    struct dns_cursor cursor = tcpip_dns_cursor(&header);
    /*@ loop invariant cursor.offset <= message->size && cursor.section <= DNS_SECTIONS;
        loop invariant count <= most;
        loop assigns cursor, record, count, *ttl, addresses[0 .. most - 1];
        loop variant message->size - cursor.offset; */
    while (count < most && tcpip_dns_next(message, &cursor, &record)) {
        if (cursor.section == DNS_QUESTIONS || cursor.section == DNS_AUTHORITIES ||
            record.type != type || record.size != size ||
            record.class % MDNS_UNIQUE != DNS_CLASS_IN ||
            !tcpip_dns_is_name(message, record.owner, name))
            continue;
        addresses[count] = (struct tcpip_address){.family = family};
        memcpy(addresses[count++].bytes, message->bytes + record.data, size);
        if (record.ttl < *ttl)
            *ttl = record.ttl;
    }
    return count;
}

/* RFC 4034 4.1.2, as far as RFC 6762 6.1 goes: the first block of 256 types. */
/*@ requires tcpip_dns_can_read(message) && \valid_read(record);
    requires tcpip_dns_is_inside(record, message);
    assigns \nothing; */
static bool lacks(const struct dns_message *message, const struct dns_record *record, uint16_t type)
{
    size_t at = record->data, end = record->data + record->size;

    if (type > 255 || !tcpip_dns_skip_name(message, &at) || at + 2 > end || message->bytes[at] != 0)
        return false;
    size_t size = message->bytes[at + 1];
    const uint8_t *bits = message->bytes + at + 2;
    return at + 2 + size <= end &&
           (type / 8u >= size || (bits[type / 8u] >> (7u - type % 8u)) % 2u == 0);
}

bool tcpip_mdns_denies(const struct dns_message *message, const struct dns_name *name,
                       uint16_t type, uint32_t *ttl)
{
    struct dns_header header;
    struct dns_record record;

    if (!tcpip_dns_read_header(message, &header))
        return false;
    struct dns_cursor cursor = tcpip_dns_cursor(&header);
    /*@ loop invariant cursor.offset <= message->size && cursor.section <= DNS_SECTIONS;
        loop assigns cursor, record;
        loop variant message->size - cursor.offset; */
    while (tcpip_dns_next(message, &cursor, &record)) {
        if (cursor.section == DNS_QUESTIONS || record.type != DNS_TYPE_NSEC ||
            !tcpip_dns_is_name(message, record.owner, name) || !lacks(message, &record, type))
            continue;
        *ttl = record.ttl;
        return true;
    }
    return false;
}

#endif
