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

/* A field of the header. */
static uint16_t number_at(const struct reading *reading, size_t at)
{
    return tcpip_get_be16(reading->message->bytes + at);
}

/* A reply to a standard query with our id and one question, ours. */
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

static void note_ttl(struct dns_answer *answer, uint32_t ttl)
{
    if (ttl < answer->ttl)
        answer->ttl = ttl;
}

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
static bool take_alias(const struct reading *reading, const struct dns_record *record)
{
    size_t offset = record->data;

    reading->answer->alias = record->data;
    return tcpip_dns_skip_name(reading->message, &offset) && offset == record->data + record->size;
}

/* Looks for what the name at answer->alias owns: its addresses, or the alias for it. Moves the offset
 * behind the answers. */
static bool look_up(const struct reading *reading, uint16_t answers, size_t *offset)
{
    size_t alias = reading->answer->alias;
    struct dns_name name;
    struct dns_record record;
    bool sound = tcpip_dns_read_name(reading->message, alias, &name);

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
static bool find_authority(const struct reading *reading, uint16_t authorities, size_t offset)
{
    struct dns_record record;

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

static bool read_sections(const struct reading *reading, size_t first)
{
    struct dns_answer *answer = reading->answer;
    size_t name, offset;
    int chain = 0;

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
    return read_sections(&reading, offset) || tcpip_dns_truncated(answer);
}
