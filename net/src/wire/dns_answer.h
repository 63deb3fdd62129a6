/* SPDX-License-Identifier: MIT */
/*
 * An answer of a DNS server: the addresses of the name that was asked for, found along its aliases,
 * or how long it is known that there are none (RFC 2308).
 */
#pragma once

#include "tcpip_address.h"
#include "wire/dns.h"

enum {
    DNS_ADDRESSES_MAX = 8,
    DNS_CHAIN_MAX = 8, /* aliases that are followed in one message */
};

struct dns_answer {
    uint16_t flags;
    uint8_t count;
    bool final;   /* there are addresses, or it is said how long there are none */
    uint32_t ttl; /* seconds, the least of all records used; 0: good for this once */
    size_t alias; /* offset of the name that the chain of aliases leads to; without aliases that of
                     the question */
    struct tcpip_address addresses[DNS_ADDRESSES_MAX];
};

/*@ requires \valid_read(answer);
    assigns \nothing;
    ensures \result < 16; */
static inline unsigned tcpip_dns_rcode(const struct dns_answer *answer)
{
    return answer->flags % 16u;
}

/*@ requires \valid_read(answer);
    assigns \nothing; */
static inline bool tcpip_dns_truncated(const struct dns_answer *answer)
{
    return answer->flags / DNS_FLAG_TRUNCATED % 2u == 1u;
}

/* False: malformed, or an answer to something else; then it must count as not received. What was
 * truncated may have few addresses or none. */
/*@ requires tcpip_dns_can_read(message) && \valid_read(question) && \valid(answer);
    requires \separated(answer, message, message->bytes + (0 .. message->size - 1), question);
    assigns *answer;
    ensures \result ==> answer->count <= DNS_ADDRESSES_MAX; */
bool tcpip_dns_parse_answer(const struct dns_message *message, const struct dns_question *question,
                            struct dns_answer *answer);
