/* SPDX-License-Identifier: MIT */
/*
 * ICMP (RFC 792) and ICMPv6 (RFC 4443): the eight bytes that every message begins with. What `rest`
 * means depends on the type: id and sequence number of an echo, the next hop's MTU (RFC 1191), a
 * pointer into the packet that an error is about.
 */
#pragma once

#include "wire/bytes.h"

enum {
    ICMP_HEADER_SIZE = 8,
    ICMP_CHECKSUM_OFFSET = 2,
    ICMP_ECHO_REPLY = 0,
    ICMP_UNREACHABLE = 3,
    ICMP_ECHO_REQUEST = 8,
    ICMP_TIME_EXCEEDED = 11,
};

enum {
    ICMP6_UNREACHABLE = 1,
    ICMP6_TOO_BIG = 2,
    ICMP6_TIME_EXCEEDED = 3,
    ICMP6_PARAMETER_PROBLEM = 4,
    ICMP6_ECHO_REQUEST = 128,
    ICMP6_ECHO_REPLY = 129,
    ICMP6_PORT = 4,        /* a code of the first: nobody listens there */
    ICMP6_NEXT_HEADER = 1, /* of the fourth: it is unknown */
};

struct icmp_header {
    uint8_t type;
    uint8_t code;
    uint16_t rest_high; /* id */
    uint16_t rest_low;  /* sequence number, MTU */
};

/*@ requires tcpip_readable(bytes, size) && \valid(header);
    requires \separated(header, bytes + (0 .. size - 1));
    assigns *header;
    ensures \result <==> size >= ICMP_HEADER_SIZE; */
static inline bool icmp_parse(const uint8_t *bytes, size_t size, struct icmp_header *header)
{
    if (size < ICMP_HEADER_SIZE)
        return false;
    header->type = bytes[0];
    header->code = bytes[1];
    header->rest_high = tcpip_get_be16(bytes + 4);
    header->rest_low = tcpip_get_be16(bytes + 6);
    return true;
}

/* The checksum as zero. */
/*@ requires tcpip_writable(bytes, size) && \valid_read(header);
    requires \separated(header, bytes + (0 .. size - 1));
    assigns bytes[0 .. ICMP_HEADER_SIZE - 1];
    ensures \result <==> size >= ICMP_HEADER_SIZE; */
static inline bool icmp_build(uint8_t *bytes, size_t size, const struct icmp_header *header)
{
    if (size < ICMP_HEADER_SIZE)
        return false;
    bytes[0] = header->type;
    bytes[1] = header->code;
    tcpip_put_be16(bytes + ICMP_CHECKSUM_OFFSET, 0);
    tcpip_put_be16(bytes + 4, header->rest_high);
    tcpip_put_be16(bytes + 6, header->rest_low);
    return true;
}
