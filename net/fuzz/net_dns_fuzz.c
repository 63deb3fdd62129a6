/* SPDX-License-Identifier: MIT */
/*
 * DNS answers. The first byte chooses how the question is made to fit: with it the parser is past
 * the question at once; without, the question has to be guessed.
 */
#include <stdlib.h>
#include <string.h>

#include "wire/dns.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(const struct dns_answer *answer)
{
    if (answer->count > DNS_ADDRESSES_MAX)
        abort();
    for (size_t i = 0; i < answer->count; i++)
        if (answer->addresses[i].family != TCPIP_IPV4 && answer->addresses[i].family != TCPIP_IPV6)
            abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct dns_question question = {.id = 0x1234, .type = DNS_TYPE_A};
    struct dns_answer answer;
    uint8_t message[1500];
    size_t offset = 0;
    struct dns_name name;

    if (tcpip_dns_read_name(data, size, &offset, &name) && (offset > size || name.size == 0))
        abort();
    if (size < 2 || size > 1000)
        return 0;
    question.type = data[0] % 2 == 0 ? DNS_TYPE_A : DNS_TYPE_AAAA;
    tcpip_dns_name_from_text(&question.name, "a.example");
    size_t head = tcpip_dns_build_query(message, sizeof message, &question);
    message[2] = 0x81;
    message[7] = data[1];
    memcpy(message + head, data + 2, size - 2);
    if (tcpip_dns_parse_answer(message, head + size - 2, &question, &answer))
        check(&answer);
    if (tcpip_dns_parse_answer(data, size, &question, &answer))
        check(&answer);
    return 0;
}
