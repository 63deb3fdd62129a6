/* SPDX-License-Identifier: MIT */
/*
 * The name service of NetBIOS over TCP/IP (RFC 1001, RFC 1002 4.2), as far as a host of the broadcast
 * kind needs it: questions for a name, and answers with addresses. A name is 15 characters, filled up
 * with spaces, and a byte that says what kind of name it is; on the wire each half of each byte is a
 * letter from A to P.
 */
#pragma once

#include "tcpip_address.h"
#include "wire/bytes.h"

enum {
    NBNS_PORT = 137,
    NBNS_NAME_MAX = 15,
    NBNS_QUERY_SIZE = 12 + 34 + 4,
    NBNS_REPLY_SIZE = 12 + 34 + 10 + 6,
    NBNS_KIND_HOST = 0x00,
    NBNS_KIND_SERVER = 0x20,
    NBNS_TTL = 3600,
};

struct nbns_name {
    char text[NBNS_NAME_MAX + 1]; /* in capitals, without the spaces that fill it up */
    uint8_t kind;
};

/* A question for an address. */
struct nbns_query {
    uint16_t id;
    struct nbns_name name;
};

/* The name from a text of up to 15 printable ASCII letters. False: something else. */
/*@ requires \valid(name) && tcpip_is_text(text);
    requires \separated(name, text + (0 ..));
    assigns *name;
    ensures \result ==> name->text[NBNS_NAME_MAX] == 0; */
bool tcpip_nbns_name_from_text(struct nbns_name *name, const char *text, uint8_t kind);

/* False: malformed, or not a question for the address of one name. */
/*@ requires tcpip_readable(bytes, size) && \valid(query);
    requires \separated(query, bytes + (0 .. size - 1));
    assigns *query;
    ensures \result ==> query->name.text[NBNS_NAME_MAX] == 0;
    ensures \result ==> size >= 12 + 34 + 4; */
bool tcpip_nbns_parse_query(const uint8_t *bytes, size_t size, struct nbns_query *query);

/* False: malformed, or not an answer to `query`. Else the number of addresses, up to `most`. */
/*@ requires tcpip_readable(bytes, size) && \valid_read(query) && \valid(count) && \valid(ttl);
    requires \valid(addresses + (0 .. most - 1));
    requires \separated(bytes + (0 .. size - 1), addresses + (0 .. most - 1), count, ttl);
    requires query->name.text[NBNS_NAME_MAX] == 0;
    requires \separated(query, addresses + (0 .. most - 1), count, ttl);
    assigns *count, *ttl, addresses[0 .. most - 1];
    ensures \result ==> *count <= most; */
bool tcpip_nbns_parse_reply(const uint8_t *bytes, size_t size, const struct nbns_query *query,
                            struct tcpip_address *addresses, size_t most, size_t *count,
                            uint32_t *ttl);

/* Each writes a message of NBNS_QUERY_SIZE or NBNS_REPLY_SIZE bytes. */
/*@ requires tcpip_writable(bytes, NBNS_QUERY_SIZE) && \valid_read(query);
    requires \separated(query, bytes + (0 .. NBNS_QUERY_SIZE - 1));
    assigns bytes[0 .. NBNS_QUERY_SIZE - 1]; */
void tcpip_nbns_build_query(uint8_t *bytes, const struct nbns_query *query);
/*@ requires tcpip_writable(bytes, NBNS_REPLY_SIZE) && \valid_read(query) && \valid_read(address);
    requires \separated(bytes + (0 .. NBNS_REPLY_SIZE - 1), query, address);
    assigns bytes[0 .. NBNS_REPLY_SIZE - 1]; */
void tcpip_nbns_build_reply(uint8_t *bytes, const struct nbns_query *query,
                            const struct tcpip_address *address);
