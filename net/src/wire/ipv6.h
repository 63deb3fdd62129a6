/* SPDX-License-Identifier: MIT */
/*
 * The IPv6 header and the extension headers behind it (RFC 8200). Addresses are pointers into the
 * bytes that were parsed.
 */
#pragma once

#include "wire/bytes.h"

enum {
    IPV6_HEADER_SIZE = 40,
    IPV6_ADDRESS_SIZE = 16,
    IPV6_LEAST_MTU = 1280,
    IPV6_NEXT_AT = 6, /* where the first header's number stands */
    IPV6_SOURCE_AT = 8,
    IPV6_DESTINATION_AT = 24,
    IPV6_FRAGMENT_SIZE = 8,
    IPV6_EXTENSIONS_MAX = 8, /* RFC 8504 5.3 lets a node refuse longer chains */
};

enum ipv6_protocol {
    IPV6_HOP_BY_HOP = 0,
    IPV6_ROUTING = 43,
    IPV6_FRAGMENT = 44,
    IPV6_PROTOCOL_ICMP = 58,
    IPV6_NOTHING = 59,
    IPV6_DESTINATION_OPTIONS = 60,
};

struct ipv6_header {
    uint16_t payload_size; /* behind the header */
    uint8_t next;
    uint8_t hop_limit;
    const uint8_t *source;
    const uint8_t *destination;
};

enum ipv6_result {
    IPV6_OK,
    IPV6_SHORT,   /* fewer bytes than the header, or than a header says it has */
    IPV6_VERSION, /* not version 6 */
    IPV6_FRAGMENTED,
    IPV6_DISCARD, /* as an option asks, or too many headers */
    IPV6_PROBLEM, /* to be answered with a parameter problem */
};

/* What stands behind the header. */
struct ipv6_chain {
    uint8_t protocol; /* of what is no extension */
    uint16_t offset;  /* where it begins, from the packet's first byte */
    uint16_t next_at; /* where its number stands */

    /* With IPV6_PROBLEM (RFC 4443 3.4). */
    uint8_t code;
    uint16_t pointer;
    bool even_to_group; /* also when the packet was sent to a group */

    /* With IPV6_FRAGMENTED: `offset` is that of the first byte behind the fragment header, and
     * `protocol` is what it names; `next_at` is where the fragment header begins, and `named_at` where
     * it is named. */
    uint16_t named_at;
    uint16_t fragment_offset; /* in bytes */
    bool more_fragments;
    uint32_t fragment_id;
};

/* Reads the header alone: IPV6_OK, _SHORT or _VERSION. Whether the payload is there is not
 * looked at, since an ICMP error quotes less. */
/*@ requires tcpip_readable(bytes, size) && \valid(header);
    requires \separated(header, bytes + (0 .. size - 1));
    assigns *header;
    ensures \result == IPV6_OK ==> size >= IPV6_HEADER_SIZE;
    ensures \result == IPV6_OK ==> header->source == bytes + IPV6_SOURCE_AT;
    ensures \result == IPV6_OK ==> header->destination == bytes + IPV6_DESTINATION_AT; */
enum ipv6_result tcpip_ipv6_parse(const uint8_t *bytes, size_t size, struct ipv6_header *header);

/* Follows the headers from the number at `next_at`, which names what stands at `offset`. From the
 * start: `next_at` is IPV6_NEXT_AT, `offset` IPV6_HEADER_SIZE. On success offset <= size. */
/*@ requires tcpip_readable(packet, size) && size <= UINT16_MAX && \valid(chain);
    requires \separated(chain, packet + (0 .. size - 1));
    assigns *chain;
    ensures \result == IPV6_OK || \result == IPV6_FRAGMENTED ==>
            \old(chain->offset) <= chain->offset <= size;
    ensures \result == IPV6_OK || \result == IPV6_FRAGMENTED ==> chain->next_at < size;
    ensures \result == IPV6_FRAGMENTED ==> chain->offset == chain->next_at + IPV6_FRAGMENT_SIZE; */
enum ipv6_result tcpip_ipv6_walk(const uint8_t *packet, size_t size, struct ipv6_chain *chain);

/* Writes IPV6_HEADER_SIZE bytes without flow label and traffic class. False: no room. */
/*@ requires tcpip_writable(bytes, size) && \valid_read(header);
    requires tcpip_readable(header->source, IPV6_ADDRESS_SIZE);
    requires tcpip_readable(header->destination, IPV6_ADDRESS_SIZE);
    requires \separated(bytes + (0 .. size - 1), header, header->source + (0 .. 15));
    requires \separated(bytes + (0 .. size - 1), header->destination + (0 .. 15));
    assigns bytes[0 .. IPV6_HEADER_SIZE - 1];
    ensures \result <==> size >= IPV6_HEADER_SIZE; */
static inline bool ipv6_build(uint8_t *bytes, size_t size, const struct ipv6_header *header)
{
    if (size < IPV6_HEADER_SIZE)
        return false;
    tcpip_put_be32(bytes, UINT32_C(6) * 0x10000000u);
    tcpip_put_be16(bytes + 4, header->payload_size);
    bytes[IPV6_NEXT_AT] = header->next;
    bytes[7] = header->hop_limit;
    memcpy(bytes + IPV6_SOURCE_AT, header->source, IPV6_ADDRESS_SIZE);
    memcpy(bytes + IPV6_DESTINATION_AT, header->destination, IPV6_ADDRESS_SIZE);
    return true;
}
