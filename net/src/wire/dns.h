/* SPDX-License-Identifier: MIT */
/*
 * DNS messages (RFC 1035), read by the rules of RFC 9267: a compression pointer leads strictly
 * backwards, an expanded name has at most 255 bytes, no count is believed beyond what is there.
 *
 * A name is kept as on the wire, labels with their lengths, expanded and in lower case: then two
 * names are equal when their bytes are, whatever characters they have.
 */
#pragma once

#include "tcpip_address.h"
#include "wire/bytes.h"

enum {
    DNS_PORT = 53,
    DNS_TYPE_A = 1,
    DNS_TYPE_CNAME = 5,
    DNS_TYPE_AAAA = 28,
    DNS_NAME_MAX = 255,
    DNS_LABEL_MAX = 63,
    DNS_HEADER_SIZE = 12,
    DNS_QUERY_MAX = DNS_HEADER_SIZE + DNS_NAME_MAX + 4,
    DNS_ADDRESSES_MAX = 8,
    DNS_CHAIN_MAX = 8, /* aliases that are followed */
    DNS_RCODE_OK = 0,
    DNS_RCODE_NO_NAME = 3,
};

struct dns_name {
    uint8_t size; /* with the zero at its end; 0: no name */
    uint8_t bytes[DNS_NAME_MAX];
};

struct dns_question {
    uint16_t id;
    uint16_t type;
    struct dns_name name;
};

struct dns_answer {
    uint8_t rcode;
    bool truncated;
    uint32_t ttl; /* seconds, the least of all records used; 0 when there is no address */
    uint8_t count;
    struct tcpip_address addresses[DNS_ADDRESSES_MAX];
};

/* "www.example.com" or with a dot at the end. False: an empty or too long label or name. */
bool tcpip_dns_name_from_text(struct dns_name *name, const char *text);

/* Reads a name that may be compressed from `bytes + *offset`, and moves the offset behind it. */
bool tcpip_dns_read_name(const uint8_t *bytes, size_t size, size_t *offset, struct dns_name *name);

/* Returns the bytes of a recursive query, or 0: no room. */
size_t tcpip_dns_build_query(uint8_t *bytes, size_t size, const struct dns_question *question);

/* Reads an answer to `question`, following aliases. False: malformed, or an answer to something
 * else; then it must count as not received. */
bool tcpip_dns_parse_answer(const uint8_t *bytes, size_t size, const struct dns_question *question,
                            struct dns_answer *answer);
