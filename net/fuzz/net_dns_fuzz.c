/* SPDX-License-Identifier: MIT */
/*
 * DNS answers. The first byte chooses how the question is made to fit: with it the parser is past
 * the question at once; without, the question has to be guessed.
 */
#include <stdlib.h>
#include <string.h>

#include "wire/dns_answer.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_answer(const struct dns_message *message, const struct dns_question *question)
{
    struct dns_answer answer;
    struct dns_name name;

    if (!tcpip_dns_parse_answer(message, question, &answer))
        return;
    if (answer.count > DNS_ADDRESSES_MAX || answer.ttl > DNS_TTL_MAX)
        abort();
    for (size_t i = 0; i < answer.count; i++)
        if (answer.addresses[i].family != TCPIP_IPV4 && answer.addresses[i].family != TCPIP_IPV6)
            abort();
    if (!tcpip_dns_truncated(&answer) && !tcpip_dns_read_name(message, answer.alias, &name))
        abort();
}

/* The three ways through a name agree. */
static void check_name(const struct dns_message *message, size_t at)
{
    struct dns_name name;
    size_t offset = at;
    bool sound = tcpip_dns_skip_name(message, &offset);

    if (sound != tcpip_dns_read_name(message, at, &name) ||
        sound != tcpip_dns_same_name(message, at, message, at))
        abort();
    if (sound && (offset <= at || offset > message->size || name.size == 0 ||
                  !tcpip_dns_is_name(message, at, &name)))
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct dns_question question = {.id = 0x1234, .type = DNS_TYPE_A};
    const struct dns_message whole = {data, size};
    uint8_t bytes[1500];

    check_name(&whole, 0);
    if (size < 2 || size > 1000)
        return 0;
    check_name(&whole, size / 2);
    question.type = data[0] % 2 == 0 ? DNS_TYPE_A : DNS_TYPE_AAAA;
    tcpip_dns_name_from_text(&question.name, "a.example", NULL);
    size_t head = tcpip_dns_build_query(bytes, sizeof bytes, &question);
    bytes[2] = 0x81;
    bytes[7] = data[1];
    bytes[9] = 255; /* as many authorities as there are */
    memcpy(bytes + head, data + 2, size - 2);
    check_answer(&(struct dns_message){bytes, head + size - 2}, &question);
    check_answer(&whole, &question);
    return 0;
}
