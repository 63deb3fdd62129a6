/* SPDX-License-Identifier: MIT */
/*
 * ICMP for IPv4 (RFC 792): the eight bytes that every message begins with. What `rest` means
 * depends on the type: id and sequence number of an echo, zero and the next hop's MTU of a
 * destination unreachable (RFC 1191).
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

struct icmp_header {
    uint8_t type;
    uint8_t code;
    uint16_t checksum;
    uint16_t rest_high; /* id */
    uint16_t rest_low;  /* sequence number, MTU */
};

static inline bool icmp_parse(const uint8_t *bytes, size_t size, struct icmp_header *header)
{
    struct tcpip_reader reader = tcpip_reader_of(bytes, size);

    return tcpip_read_u8(&reader, &header->type) && tcpip_read_u8(&reader, &header->code) &&
           tcpip_read_be16(&reader, &header->checksum) &&
           tcpip_read_be16(&reader, &header->rest_high) &&
           tcpip_read_be16(&reader, &header->rest_low);
}

static inline bool icmp_build(uint8_t *bytes, size_t size, const struct icmp_header *header)
{
    struct tcpip_writer writer = tcpip_writer_of(bytes, size);

    return tcpip_write_u8(&writer, header->type) && tcpip_write_u8(&writer, header->code) &&
           tcpip_write_be16(&writer, header->checksum) &&
           tcpip_write_be16(&writer, header->rest_high) &&
           tcpip_write_be16(&writer, header->rest_low);
}
