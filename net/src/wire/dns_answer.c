/* SPDX-License-Identifier: MIT */
/*
 * Records are read several times, once for each alias followed, rather than kept.
 */
#include "wire/dns_answer.h"

enum { ID_AT = 0, FLAGS_AT = 2, QUESTIONS_AT = 4, ANSWERS_AT = 6, AUTHORITIES_AT = 8 };

enum { SOA_NUMBERS = 20, SOA_MINIMUM = 16, QUERY_REPLIED = 16 /* QR and OPCODE of the flags */ };

/* What the parser carries along. */
struct reading {
    const struct dns_message *message;
    const struct dns_question *question;
    struct dns_answer *answer;
};

/*@ predicate can_go_on{L}(struct reading *reading) =
        \valid_read(reading) && tcpip_dns_can_read(reading->message) &&
        reading->message->size >= DNS_HEADER_SIZE && \valid_read(reading->question) &&
        \valid(reading->answer) &&
        \separated(reading->answer, reading, reading->message, reading->question) &&
        \separated(reading->answer,
                   reading->message->bytes + (0 .. reading->message->size - 1));

    // An offset that moves on, apart from all that is read.
    predicate is_apart{L}(size_t *offset, struct reading *reading) =
        \valid(offset) &&
        \separated(offset, reading, reading->message, reading->question, reading->answer) &&
        \separated(offset, reading->message->bytes + (0 .. reading->message->size - 1));

    predicate is_inside{L}(struct dns_record *record, struct reading *reading) =
        record->data + record->size <= reading->message->size; */

/* A field of the header. */
/*@ requires can_go_on(reading) && at <= DNS_HEADER_SIZE - 2;
    assigns \nothing; */
static uint16_t number_at(const struct reading *reading, size_t at)
{
    return tcpip_get_be16(reading->message->bytes + at);
}

/* A reply to a standard query with our id and one question, ours. */
/*@ requires can_go_on(reading) && is_apart(offset, reading);
    assigns *offset;
    ensures \result ==> *offset <= reading->message->size; */
static bool fits(const struct reading *reading, size_t *offset)
{
    const struct dns_question *question = reading->question;
    struct dns_record asked;

    return number_at(reading, ID_AT) == question->id &&
           number_at(reading, FLAGS_AT) / 2048u == QUERY_REPLIED &&
           number_at(reading, QUESTIONS_AT) == 1 &&
           tcpip_dns_read_question(reading->message, offset, &asked) &&
           asked.type == question->type && asked.class == DNS_CLASS_IN &&
           tcpip_dns_is_name(reading->message, DNS_HEADER_SIZE, &question->name);
}

/*@ requires \valid(answer);
    assigns answer->ttl; */
static void note_ttl(struct dns_answer *answer, uint32_t ttl)
{
    if (ttl < answer->ttl)
        answer->ttl = ttl;
}

/*@ requires can_go_on(reading) && \valid_read(record) && is_inside(record, reading);
    requires \separated(record, reading->answer) && reading->answer->count <= DNS_ADDRESSES_MAX;
    assigns reading->answer->count, reading->answer->addresses[0 .. DNS_ADDRESSES_MAX - 1];
    ensures reading->answer->count <= DNS_ADDRESSES_MAX; */
static bool take_address(const struct reading *reading, const struct dns_record *record)
{
    struct dns_answer *answer = reading->answer;
    struct tcpip_address *address = &answer->addresses[answer->count];
    uint16_t right_size = !ipconfigUSE_IPv6 || record->type == DNS_TYPE_A ? 4 : 16;

    if (record->size == right_size && answer->count < DNS_ADDRESSES_MAX) {
        address->family = right_size == 4 ? TCPIP_IPV4 : TCPIP_IPV6;
        memcpy(address->bytes, reading->message->bytes + record->data, right_size);
        answer->count++;
    }
    return record->size == right_size;
}

/* The alias must end exactly where its record ends. */
/*@ requires can_go_on(reading) && \valid_read(record) && is_inside(record, reading);
    requires \separated(record, reading->answer);
    assigns reading->answer->alias; */
static bool take_alias(const struct reading *reading, const struct dns_record *record)
{
    size_t offset = record->data;

    reading->answer->alias = record->data;
    return tcpip_dns_skip_name(reading->message, &offset) && offset == record->data + record->size;
}

/* Looks for what the name at answer->alias owns: its addresses, or the alias for it. Moves the offset
 * behind the answers. */
/*@ requires can_go_on(reading) && is_apart(offset, reading);
    requires reading->answer->count <= DNS_ADDRESSES_MAX;
    assigns *offset, *reading->answer;
    ensures reading->answer->count <= DNS_ADDRESSES_MAX; */
static bool look_up(const struct reading *reading, uint16_t answers, size_t *offset)
{
    size_t alias = reading->answer->alias;
    struct dns_name name;
    struct dns_record record;
    bool sound = tcpip_dns_read_name(reading->message, alias, &name);

    /*@ loop invariant reading->answer->count <= DNS_ADDRESSES_MAX;
        loop assigns answers, record, sound, *offset, *reading->answer;
        loop variant answers; */
    while (sound && answers-- > 0) {
        if (!tcpip_dns_read_record(reading->message, offset, &record))
            return false;
        if (record.class != DNS_CLASS_IN ||
            !tcpip_dns_is_name(reading->message, record.owner, &name))
            continue;
        if (record.type == reading->question->type)
            sound = take_address(reading, &record);
        else if (record.type == DNS_TYPE_CNAME && reading->answer->alias == alias)
            sound = take_alias(reading, &record);
        else
            continue;
        note_ttl(reading->answer, record.ttl);
    }
    return sound;
}

/* RFC 2308 5: how long there is nothing, by the SOA record of the zone that has nothing. */
/*@ requires can_go_on(reading);
    assigns reading->answer->ttl, reading->answer->final; */
static bool find_authority(const struct reading *reading, uint16_t authorities, size_t offset)
{
    struct dns_record record;

    /*@ loop assigns authorities, record, offset;
        loop variant authorities; */
    do {
        if (!ipconfigDNS_CACHE_ABSENCE || authorities-- == 0)
            return true; /* nobody says how long */
        if (!tcpip_dns_read_record(reading->message, &offset, &record))
            return false;
    } while (record.type != DNS_TYPE_SOA);
    size_t data = record.data;
    if (!tcpip_dns_skip_name(reading->message, &data) ||
        !tcpip_dns_skip_name(reading->message, &data) || data + SOA_NUMBERS != offset)
        return false;
    note_ttl(reading->answer, record.ttl);
    note_ttl(reading->answer, tcpip_get_be32(reading->message->bytes + data + SOA_MINIMUM));
    reading->answer->final = true;
    return true;
}

/*@ requires can_go_on(reading) && reading->answer->count <= DNS_ADDRESSES_MAX;
    assigns *reading->answer;
    ensures reading->answer->count <= DNS_ADDRESSES_MAX; */
static bool read_sections(const struct reading *reading, size_t first)
{
    struct dns_answer *answer = reading->answer;
    size_t name, offset;
    int chain = 0;

    /*@ loop invariant 0 <= chain <= DNS_CHAIN_MAX;
        loop invariant reading->answer->count <= DNS_ADDRESSES_MAX;
        loop assigns name, offset, chain, *reading->answer;
        loop variant DNS_CHAIN_MAX - chain; */
    do {
        name = answer->alias;
        offset = first;
        if (!look_up(reading, number_at(reading, ANSWERS_AT), &offset))
            return false;
        if (answer->count > 0) {
            answer->final = true;
            return true;
        }
    } while (answer->alias != name && chain++ < DNS_CHAIN_MAX);
    return find_authority(reading, number_at(reading, AUTHORITIES_AT), offset);
}

bool tcpip_dns_parse_answer(const struct dns_message *message, const struct dns_question *question,
                            struct dns_answer *answer)
{
    struct reading reading = {message, question, answer};
    size_t offset = DNS_HEADER_SIZE;

    if (message->size < DNS_HEADER_SIZE || !fits(&reading, &offset))
        return false;
    *answer = (struct dns_answer){
        .flags = number_at(&reading, FLAGS_AT), .ttl = DNS_TTL_MAX, .alias = DNS_HEADER_SIZE};
    answer->count = 0; /* for provers, to whom a structure is one value */
    return read_sections(&reading, offset) || tcpip_dns_truncated(answer);
}
