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

/* A way through the labels of a name. A pointer must lead to before `limit`, where the current run
 * of labels began: so the way ends even without a count of steps. */
struct walk {
    size_t at;
    size_t limit;
    size_t end; /* behind the name's first pointer; 0: there was none yet */
    size_t size;
    unsigned steps;
};

static struct walk walk_from(size_t offset)
{
    return (struct walk){.at = offset, .limit = offset};
}

static bool follow_pointer(const struct dns_message *message, struct walk *walk)
{
    if (message->size - walk->at < 2)
        return false;
    size_t target = tcpip_get_be16(message->bytes + walk->at) % 16384u;
    if (walk->end == 0)
        walk->end = walk->at + 2;
    bool backwards = target < walk->limit;
    walk->at = target;
    walk->limit = target;
    return backwards;
}

/* Steps over the next label, which then stands right before walk->at; the last one has length 0. */
static bool next_label(const struct dns_message *message, struct walk *walk, uint8_t *length)
{
    while (walk->at < message->size && walk->steps++ < DNS_STEPS_MAX) {
        *length = message->bytes[walk->at];
        if (*length < POINTER) {
            walk->at += 1u + *length;
            walk->size += 1u + *length;
            return *length <= DNS_LABEL_MAX && walk->at <= message->size &&
                   walk->size <= DNS_NAME_MAX;
        }
        if (!follow_pointer(message, walk))
            return false;
    }
    return false;
}

bool tcpip_dns_skip_name(const struct dns_message *message, size_t *offset)
{
    struct walk walk = walk_from(*offset);
    uint8_t length;

    do {
        if (!next_label(message, &walk, &length))
            return false;
    } while (length != 0);
    *offset = walk.end != 0 ? walk.end : walk.at;
    return true;
}

bool tcpip_dns_read_name(const struct dns_message *message, size_t offset, struct dns_name *name)
{
    struct walk walk = walk_from(offset);
    uint8_t length;

    name->size = 0;
    do {
        if (!next_label(message, &walk, &length))
            return false;
        memcpy(name->bytes + name->size, message->bytes + walk.at - length - 1, length + 1u);
        name->size = (uint8_t)walk.size;
    } while (length != 0);
    return true;
}

static uint8_t lower(uint8_t byte)
{
    return byte >= 'A' && byte <= 'Z' ? (uint8_t)(byte - 'A' + 'a') : byte;
}

void tcpip_dns_lower(struct dns_name *name)
{
    for (size_t i = 0; i < name->size; i++) /* no length is a letter */
        name->bytes[i] = lower(name->bytes[i]);
}

static bool same_label(const uint8_t *a, const uint8_t *b, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (lower(a[i]) != lower(b[i]))
            return false;
    return true;
}

bool tcpip_dns_same_name(const struct dns_message *a, size_t at_a, const struct dns_message *b,
                         size_t at_b)
{
    struct walk walk_a = walk_from(at_a);
    struct walk walk_b = walk_from(at_b);
    uint8_t length, other;

    do {
        if (!next_label(a, &walk_a, &length) || !next_label(b, &walk_b, &other) ||
            length != other ||
            !same_label(a->bytes + walk_a.at - length, b->bytes + walk_b.at - length, length))
            return false;
    } while (length != 0);
    return true;
}

bool tcpip_dns_is_name(const struct dns_message *message, size_t offset,
                       const struct dns_name *name)
{
    const struct dns_message own = {name->bytes, name->size};

    return tcpip_dns_same_name(message, offset, &own, 0);
}

bool tcpip_dns_append_label(struct dns_name *name, const void *label, size_t size)
{
    if (size == 0 || size > DNS_LABEL_MAX || name->size + 1u + size >= DNS_NAME_MAX)
        return false;
    name->bytes[name->size] = (uint8_t)size;
    memcpy(name->bytes + name->size + 1, label, size);
    name->size = (uint8_t)(name->size + 1u + size);
    return true;
}

bool tcpip_dns_append_text(struct dns_name *name, const char *text)
{
    while (*text != '\0') {
        size_t size = 0;

        while (size <= DNS_LABEL_MAX && text[size] != '\0' && text[size] != '.')
            size++;
        if (!tcpip_dns_append_label(name, text, size))
            return false;
        text += size;
        if (*text == '.')
            text++;
    }
    return name->size > 0;
}

bool tcpip_dns_end_name(struct dns_name *name)
{
    if (name->size >= DNS_NAME_MAX)
        return false;
    name->bytes[name->size++] = 0;
    return true;
}

bool tcpip_dns_name_from_text(struct dns_name *name, const char *text, const char *domain)
{
    name->size = 0;
    return tcpip_dns_append_text(name, text) &&
           (domain == NULL || tcpip_dns_append_text(name, domain)) && tcpip_dns_end_name(name);
}

bool tcpip_dns_read_header(const struct dns_message *message, struct dns_header *header)
{
    const uint8_t *at = message->bytes;

    if (message->size < DNS_HEADER_SIZE)
        return false;
    header->id = tcpip_get_be16(at);
    header->flags = tcpip_get_be16(at + 2);
    header->questions = tcpip_get_be16(at + 4);
    header->answers = tcpip_get_be16(at + 6);
    header->authorities = tcpip_get_be16(at + 8);
    header->additionals = tcpip_get_be16(at + 10);
    return true;
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
    size_t needed = (size_t)DNS_HEADER_SIZE + name->size + QUESTION_SIZE +
                    (question->payload > 0 ? DNS_OPT_SIZE : 0u);
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
    if (question->payload > 0) { /* RFC 6891 6.1.2: owned by the root, the size for a class */
        bytes[11] = 1;
        at[6] = DNS_TYPE_OPT;
        tcpip_put_be16(at + 7, question->payload);
    }
    return needed;
}

/* Who reads more than an answer. */
#if ipconfigUSE_MDNS || ipconfigUSE_LLMNR || ipconfigUSE_NBNS || ipconfigDNS_LEARNT_DOMAINS > 0

int tcpip_dns_compare_names(const struct dns_message *a, size_t at_a, const struct dns_message *b,
                            size_t at_b)
{
    struct walk walk_a = walk_from(at_a);
    struct walk walk_b = walk_from(at_b);
    uint8_t length = 1, other;
    int order = 0;

    while (length != 0 && order == 0) {
        if (!next_label(a, &walk_a, &length) || !next_label(b, &walk_b, &other))
            break;
        order = length != other
                    ? length - other
                    : memcmp(a->bytes + walk_a.at - length, b->bytes + walk_b.at - length, length);
    }
    return order;
}

bool tcpip_dns_text_of(const struct dns_message *message, size_t offset, char *text, size_t size)
{
    struct walk walk = walk_from(offset);
    uint8_t length;
    size_t at = 0;

    while (next_label(message, &walk, &length)) {
        if (length == 0 && at > 0) {
            text[at - 1] = '\0'; /* instead of the last dot */
            return true;
        }
        if (length == 0 || size - at < length + 1u)
            return false;
        for (size_t i = walk.at - length; i < walk.at; i++) {
            if (message->bytes[i] <= ' ' || message->bytes[i] == '.' || message->bytes[i] == 127)
                return false;
            text[at++] = (char)message->bytes[i];
        }
        text[at++] = '.';
    }
    return false;
}

struct dns_cursor tcpip_dns_cursor(const struct dns_header *header)
{
    return (struct dns_cursor){
        .offset = DNS_HEADER_SIZE,
        .left = {header->questions, header->answers, header->authorities, header->additionals}};
}

bool tcpip_dns_next(const struct dns_message *message, struct dns_cursor *cursor,
                    struct dns_record *record)
{
    while (cursor->section < DNS_SECTIONS && cursor->left[cursor->section] == 0)
        cursor->section++;
    if (cursor->section == DNS_SECTIONS)
        return false;
    cursor->left[cursor->section]--;
    bool sound = cursor->section == DNS_QUESTIONS
                     ? tcpip_dns_read_question(message, &cursor->offset, record)
                     : tcpip_dns_read_record(message, &cursor->offset, record);
    if (!sound)
        cursor->section = DNS_SECTIONS;
    return sound;
}

#endif
