/* SPDX-License-Identifier: MIT */
/*
 * The IPv4 header (RFC 791). Checksums are not looked at here.
 */
#pragma once

#include "wire/bytes.h"

enum {
    IPV4_HEADER_SIZE = 20,
    IPV4_PROTOCOL_ICMP = 1,
    IPV4_PROTOCOL_IGMP = 2,
    IPV4_PROTOCOL_TCP = 6,
    IPV4_PROTOCOL_UDP = 17,
};

/* Flags beside a fragment's offset. */
enum { IPV4_DONT_FRAGMENT = 0x4000, IPV4_MORE_FRAGMENTS = 0x2000, IPV4_OFFSETS = 0x2000 };

struct ipv4_header {
    uint8_t header_size; /* bytes, options included */
    uint8_t ttl;
    uint8_t protocol;
    uint16_t total_size; /* bytes, header included */
    uint16_t id;
    uint16_t fragment; /* flags, and the offset in units of eight bytes */
    uint32_t source;   /* host order */
    uint32_t destination;
};

/* A part of a packet, not the whole. */
/*@ requires \valid_read(header);
    assigns \nothing;
    ensures \result <==> header->fragment % 16384 != 0; */
static inline bool ipv4_is_fragment(const struct ipv4_header *header)
{
    return header->fragment % IPV4_DONT_FRAGMENT != 0;
}

enum ipv4_result {
    IPV4_OK,
    IPV4_SHORT,   /* fewer bytes than the header or the packet says it has */
    IPV4_VERSION, /* not version 4 */
    IPV4_LENGTHS, /* header shorter than 20 bytes or longer than the packet */
    IPV4_OPTIONS, /* an option without end, or source routing (RFC 7126 4.3, 4.4) */
};

/* On success header_size <= total_size <= size. What follows total_size is padding. */
/*@ requires tcpip_readable(bytes, size) && \valid(header);
    requires \separated(header, bytes + (0 .. size - 1));
    assigns *header;
    ensures \result == IPV4_OK ==>
            IPV4_HEADER_SIZE <= header->header_size <= header->total_size <= size; */
enum ipv4_result tcpip_ipv4_parse(const uint8_t *bytes, size_t size, struct ipv4_header *header);

/* A header that an ICMP error quotes, whose packet need not be there. On success header_size <= size. */
/*@ requires tcpip_readable(bytes, size) && \valid(header);
    requires \separated(header, bytes + (0 .. size - 1));
    assigns *header;
    ensures \result == IPV4_OK ==> IPV4_HEADER_SIZE <= header->header_size <= size; */
enum ipv4_result tcpip_ipv4_parse_quoted(const uint8_t *bytes, size_t size,
                                         struct ipv4_header *header);

/* Writes 20 bytes, the checksum as zero. header_size is not used: no options are written. */
/*@ requires tcpip_writable(bytes, size) && \valid_read(header);
    requires \separated(header, bytes + (0 .. size - 1));
    assigns bytes[0 .. IPV4_HEADER_SIZE - 1];
    ensures \result <==> size >= IPV4_HEADER_SIZE; */
static inline bool ipv4_build(uint8_t *bytes, size_t size, const struct ipv4_header *header)
{
    if (size < IPV4_HEADER_SIZE)
        return false;
    bytes[0] = 4 * 16 + IPV4_HEADER_SIZE / 4; /* the version, and the size in words */
    bytes[1] = 0;
    tcpip_put_be16(bytes + 2, header->total_size);
    tcpip_put_be16(bytes + 4, header->id);
    tcpip_put_be16(bytes + 6, header->fragment);
    bytes[8] = header->ttl;
    bytes[9] = header->protocol;
    tcpip_put_be16(bytes + 10, 0);
    tcpip_put_be32(bytes + 12, header->source);
    tcpip_put_be32(bytes + 16, header->destination);
    return true;
}
