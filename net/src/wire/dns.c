/* SPDX-License-Identifier: MIT */
/*
 * Everything in a message is reached through an offset that never leaves it.
 */
#include "wire/dns.h"

#include "FreeRTOSIPConfigDefaults.h"

enum {
    POINTER = 192,     /* two high bits of a length byte */
    QUESTION_SIZE = 4, /* type and class, behind the name */
    RECORD_SIZE = 6,   /* time to live and size, behind those */
};

/*@ assigns \nothing; */
static uint8_t lower(uint8_t byte)
{
    return byte >= 'A' && byte <= 'Z' ? (uint8_t)(byte - 'A' + 'a') : byte;
}

void tcpip_dns_lower(struct dns_name *name)
{
    /*@ loop invariant i <= name->size == \at(name->size, Pre);
        loop assigns i, name->bytes[0 .. DNS_NAME_MAX - 1];
        loop variant name->size - i; */
    for (size_t i = 0; i < name->size; i++) /* no length is a letter */
        name->bytes[i] = lower(name->bytes[i]);
}

/*@ requires tcpip_readable(a, size) && tcpip_readable(b, size);
    assigns \nothing; */
static bool same_bytes(const uint8_t *a, const uint8_t *b, size_t size)
{
    /*@ loop invariant size <= \at(size, Pre);
        loop invariant a == \at(a, Pre) + (\at(size, Pre) - size);
        loop invariant b == \at(b, Pre) + (\at(size, Pre) - size);
        loop assigns a, b, size;
        loop variant size; */
    while (size > 0 && lower(*a) == lower(*b)) {
        a++;
        b++;
        size--;
    }
    return size == 0;
}

/* The one way through a name: copies its labels to `to` or compares them with those of `like`, each
 * unless it is NULL, and moves the offset behind it. A pointer must lead to before `limit`, where the
 * current run of labels began: so the way ends even without a count of steps. */
/*@ requires tcpip_dns_can_read(message) && \valid(offset);
    requires to != \null ==> \valid(to);
    requires like != \null ==> \valid_read(like);
    requires \separated(offset, message);
    requires \separated(offset, message->bytes + (0 .. message->size - 1));
    requires to != \null ==>
             \separated(to, message) && \separated(to, offset) && \separated(to, like) &&
             \separated(to, message->bytes + (0 .. message->size - 1));
    assigns *offset, to[0 .. (to == \null ? -1 : 0)];
    ensures \result ==> \old(*offset) < *offset <= message->size;
    ensures \result && to != \null ==> 1 <= to->size <= DNS_NAME_MAX; */
static bool walk(const struct dns_message *message, size_t *offset, struct dns_name *to,
                 const struct dns_name *like)
{
    size_t at = *offset, limit = at, end = 0, size = 0, taken = 0;

    /*@ loop invariant step <= DNS_STEPS_MAX && size <= DNS_NAME_MAX;
        loop invariant end == 0 ==> at == *offset + size && (taken > 0 ==> at <= message->size);
        loop invariant end != 0 ==> *offset < end <= message->size;
        loop invariant taken <= size;
        loop assigns step, at, limit, end, size, taken, to[0 .. (to == \null ? -1 : 0)];
        loop variant DNS_STEPS_MAX - step; */
    for (unsigned step = 0; step < DNS_STEPS_MAX && taken != 1; step++) {
        if (at >= message->size)
            return false;
        const uint8_t *label = message->bytes + at;
        size_t left = message->size - at;
        if (*label >= POINTER) {
            if (left < 2)
                return false;
            if (end == 0) /* the name's first pointer */
                end = at + 2;
            at = tcpip_get_be16(label) % 16384u;
            if (at >= limit)
                return false;
            limit = at;
            continue;
        }
        taken = 1u + *label;
        if (taken > left || taken > 1 + DNS_LABEL_MAX || size + taken > DNS_NAME_MAX ||
            (like != NULL && !same_bytes(label, like->bytes + size, taken)))
            return false;
        if (to != NULL)
            memcpy(to->bytes + size, label, taken);
        size += taken;
        at += taken;
    }
    if (to != NULL)
        to->size = (uint8_t)size;
    *offset = end != 0 ? end : at;
    return taken == 1;
}

bool tcpip_dns_skip_name(const struct dns_message *message, size_t *offset)
{
    return walk(message, offset, NULL, NULL);
}

bool tcpip_dns_read_name(const struct dns_message *message, size_t offset, struct dns_name *name)
{
    return walk(message, &offset, name, NULL);
}

bool tcpip_dns_is_name(const struct dns_message *message, size_t offset,
                       const struct dns_name *name)
{
    return walk(message, &offset, NULL, name);
}

bool tcpip_dns_read_question(const struct dns_message *message, size_t *offset,
                             struct dns_record *record)
{
    record->owner = *offset;
    if (!tcpip_dns_skip_name(message, offset) || message->size - *offset < QUESTION_SIZE)
        return false;
    record->type = tcpip_get_be16(message->bytes + *offset);
    record->class = tcpip_get_be16(message->bytes + *offset + 2);
    *offset += QUESTION_SIZE;
    return true;
}

bool tcpip_dns_read_record(const struct dns_message *message, size_t *offset,
                           struct dns_record *record)
{
    if (!tcpip_dns_read_question(message, offset, record) || message->size - *offset < RECORD_SIZE)
        return false;
    record->ttl = tcpip_get_be32(message->bytes + *offset);
    if (record->ttl > DNS_TTL_MAX)
        record->ttl = 0;
    record->size = tcpip_get_be16(message->bytes + *offset + 4);
    record->data = *offset + RECORD_SIZE;
    *offset = record->data + record->size;
    return *offset <= message->size;
}

size_t tcpip_dns_build_query(uint8_t *bytes, size_t size, const struct dns_question *question)
{
    const struct dns_name *name = &question->name;
    bool extended = ipconfigDNS_UDP_SIZE > 512 && question->payload > 0;
    size_t needed = (size_t)DNS_HEADER_SIZE + name->size + QUESTION_SIZE +
                    (extended ? DNS_OPT_SIZE : 0u);
    uint8_t *at = bytes + DNS_HEADER_SIZE + name->size;

    if (size < needed)
        return 0;
    memset(bytes, 0, needed);
    tcpip_put_be16(bytes, question->id);
    tcpip_put_be16(bytes + 2, question->flags);
    bytes[5] = 1; /* question */
    memcpy(bytes + DNS_HEADER_SIZE, name->bytes, name->size);
    tcpip_put_be16(at, question->type);
    at[3] = DNS_CLASS_IN;
    if (extended) { /* RFC 6891 6.1.2: owned by the root, the size for a class */
        bytes[11] = 1;
        at[6] = DNS_TYPE_OPT;
        tcpip_put_be16(at + 7, question->payload);
    }
    return needed;
}
