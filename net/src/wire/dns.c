/* SPDX-License-Identifier: MIT */
/*
 * Everything in a message is reached through an offset that never leaves it. Records are read
 * several times, once for each alias followed, rather than kept.
 */
#include "wire/dns.h"

enum {
    CLASS_IN = 1,
    POINTER = 192, /* two high bits of a length byte */
    FLAG_REPLY = 0x8000,
    FLAG_TRUNCATED = 0x0200,
    FLAG_RECURSION_DESIRED = 0x0100,
};

#define TTL_MAX UINT32_C(0x7fffffff) /* RFC 2181 8: more counts as zero */

struct header {
    uint16_t id;
    uint16_t flags;
    uint16_t questions;
    uint16_t answers;
};

struct record {
    struct dns_name owner;
    uint16_t type;
    uint16_t class;
    uint32_t ttl;
    uint16_t size;
    size_t data; /* offset */
};

static uint8_t lower(uint8_t byte)
{
    return byte >= 'A' && byte <= 'Z' ? (uint8_t)(byte - 'A' + 'a') : byte;
}

static bool add_label(struct dns_name *name, const uint8_t *label, size_t size)
{
    if (size > DNS_LABEL_MAX || name->size + 1u + size > DNS_NAME_MAX)
        return false;
    name->bytes[name->size++] = (uint8_t)size;
    for (size_t i = 0; i < size; i++)
        name->bytes[name->size++] = lower(label[i]);
    return true;
}

bool tcpip_dns_name_from_text(struct dns_name *name, const char *text)
{
    static const uint8_t root[1];

    name->size = 0;
    while (*text != '\0') {
        size_t size = 0;

        while (size <= DNS_LABEL_MAX && text[size] != '\0' && text[size] != '.')
            size++;
        if (size == 0 || !add_label(name, (const uint8_t *)text, size))
            return false;
        text += size;
        if (*text == '.')
            text++;
    }
    return name->size > 0 && add_label(name, root, 0);
}

static bool same_name(const struct dns_name *a, const struct dns_name *b)
{
    return a->size == b->size && memcmp(a->bytes, b->bytes, a->size) == 0;
}

/* One label or pointer at *at. `limit` is where the current run of labels began: a pointer must lead
 * to before it, which is why the loop ends. *end is set behind the name once it is known. */
static bool read_step(const uint8_t *bytes, size_t size, size_t *at, size_t *limit, size_t *end,
                      struct dns_name *name)
{
    uint8_t length = bytes[*at];

    if (length >= POINTER) {
        if (size - *at < 2)
            return false;
        size_t target = (length - (size_t)POINTER) * 256u + bytes[*at + 1];
        if (*end == 0)
            *end = *at + 2;
        *at = target;
        bool backwards = target < *limit;
        *limit = target;
        return backwards;
    }
    if (length > DNS_LABEL_MAX || size - *at - 1 < length ||
        !add_label(name, bytes + *at + 1, length))
        return false;
    *at += 1u + length;
    return true;
}

bool tcpip_dns_read_name(const uint8_t *bytes, size_t size, size_t *offset, struct dns_name *name)
{
    size_t at = *offset;
    size_t limit = *offset;
    size_t end = 0;
    bool finished = false;

    name->size = 0;
    while (!finished) {
        if (at >= size)
            return false;
        finished = bytes[at] == 0;
        if (!read_step(bytes, size, &at, &limit, &end, name))
            return false;
    }
    *offset = end != 0 ? end : at;
    return true;
}

size_t tcpip_dns_build_query(uint8_t *bytes, size_t size, const struct dns_question *question)
{
    struct tcpip_writer writer = tcpip_writer_of(bytes, size);
    bool written = tcpip_write_be16(&writer, question->id) &&
                   tcpip_write_be16(&writer, FLAG_RECURSION_DESIRED) &&
                   tcpip_write_be16(&writer, 1) && tcpip_write_zeros(&writer, 6) &&
                   tcpip_write_bytes(&writer, question->name.bytes, question->name.size) &&
                   tcpip_write_be16(&writer, question->type) && tcpip_write_be16(&writer, CLASS_IN);

    return written ? size - writer.left : 0;
}

static bool read_header(struct tcpip_reader *reader, struct header *header)
{
    return tcpip_read_be16(reader, &header->id) && tcpip_read_be16(reader, &header->flags) &&
           tcpip_read_be16(reader, &header->questions) &&
           tcpip_read_be16(reader, &header->answers) && tcpip_read_skip(reader, 4);
}

/* A reply to a standard query (QR, OPCODE) with our id and one question. */
static bool header_fits(const struct header *header, const struct dns_question *question)
{
    return header->id == question->id && header->flags >= FLAG_REPLY &&
           header->flags / 2048u % 16u == 0 && header->questions == 1;
}

static bool question_fits(const uint8_t *bytes, size_t size, size_t *offset,
                          const struct dns_question *question)
{
    struct dns_name name;
    uint16_t type;
    uint16_t class;

    if (!tcpip_dns_read_name(bytes, size, offset, &name))
        return false;
    struct tcpip_reader reader = tcpip_reader_of(bytes + *offset, size - *offset);
    if (!tcpip_read_be16(&reader, &type) || !tcpip_read_be16(&reader, &class))
        return false;
    *offset += 4;
    return type == question->type && class == CLASS_IN && same_name(&name, &question->name);
}

static bool read_record(const uint8_t *bytes, size_t size, size_t *offset, struct record *record)
{
    if (!tcpip_dns_read_name(bytes, size, offset, &record->owner))
        return false;
    struct tcpip_reader reader = tcpip_reader_of(bytes + *offset, size - *offset);
    if (!tcpip_read_be16(&reader, &record->type) || !tcpip_read_be16(&reader, &record->class) ||
        !tcpip_read_be32(&reader, &record->ttl) || !tcpip_read_be16(&reader, &record->size))
        return false;
    record->data = size - reader.left;
    if (!tcpip_read_skip(&reader, record->size))
        return false;
    *offset = size - reader.left;
    return true;
}

static void note_ttl(struct dns_answer *answer, uint32_t ttl)
{
    if (ttl > TTL_MAX)
        ttl = 0;
    if (ttl < answer->ttl)
        answer->ttl = ttl;
}

static bool take_address(const uint8_t *bytes, const struct record *record,
                         struct dns_answer *answer)
{
    uint16_t right_size = record->type == DNS_TYPE_A ? 4 : 16;

    if (record->size != right_size)
        return false;
    if (answer->count < DNS_ADDRESSES_MAX) {
        struct tcpip_address *address = &answer->addresses[answer->count++];

        *address = (struct tcpip_address){.family = record->type == DNS_TYPE_A ? TCPIP_IPV4
                                                                               : TCPIP_IPV6};
        memcpy(address->bytes, bytes + record->data, record->size);
        note_ttl(answer, record->ttl);
    }
    return true;
}

/* The alias must end exactly where its record ends. */
static bool take_alias(const uint8_t *bytes, size_t size, const struct record *record,
                       struct dns_name *alias)
{
    size_t offset = record->data;

    return tcpip_dns_read_name(bytes, size, &offset, alias) &&
           offset == record->data + record->size;
}

/* The records that `name` owns: its addresses, or the alias that stands for it. */
static bool look_up(const uint8_t *bytes, size_t size, size_t offset, uint16_t records,
                    const struct dns_question *question, const struct dns_name *name,
                    struct dns_name *alias, struct dns_answer *answer)
{
    struct record record;

    alias->size = 0;
    for (uint16_t i = 0; i < records; i++) {
        if (!read_record(bytes, size, &offset, &record))
            return false;
        if (record.class != CLASS_IN || !same_name(&record.owner, name))
            continue;
        if (record.type == question->type && !take_address(bytes, &record, answer))
            return false;
        if (record.type == DNS_TYPE_CNAME && alias->size == 0) {
            if (!take_alias(bytes, size, &record, alias))
                return false;
            note_ttl(answer, record.ttl);
        }
    }
    return true;
}

bool tcpip_dns_parse_answer(const uint8_t *bytes, size_t size, const struct dns_question *question,
                            struct dns_answer *answer)
{
    struct tcpip_reader reader = tcpip_reader_of(bytes, size);
    struct dns_name name = question->name;
    struct dns_name alias = {0};
    struct header header;
    size_t offset = DNS_HEADER_SIZE;

    *answer = (struct dns_answer){.ttl = TTL_MAX};
    if (!read_header(&reader, &header) || !header_fits(&header, question) ||
        !question_fits(bytes, size, &offset, question))
        return false;
    answer->rcode = header.flags % 16u;
    answer->truncated = header.flags / FLAG_TRUNCATED % 2u == 1u;
    for (int i = 0; i <= DNS_CHAIN_MAX && answer->count == 0 && (i == 0 || alias.size > 0); i++) {
        if (!look_up(bytes, size, offset, header.answers, question, &name, &alias, answer))
            return answer->truncated && answer->count > 0;
        name = alias;
    }
    if (answer->count == 0)
        answer->ttl = 0;
    return true;
}
