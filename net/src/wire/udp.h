/* SPDX-License-Identifier: MIT */
/*
 * The UDP header (RFC 768).
 */
#pragma once

#include "wire/bytes.h"

enum { UDP_HEADER_SIZE = 8, UDP_CHECKSUM_OFFSET = 6 };

struct udp_header {
    uint16_t source_port;
    uint16_t destination_port;
    uint16_t length; /* header and payload */
    uint16_t checksum;
};

/* False: too short, or the length field is below 8 or says more than there is. */
/*@ requires tcpip_readable(bytes, size) && \valid(header);
    requires \separated(header, bytes + (0 .. size - 1));
    assigns *header;
    ensures \result <==> size >= UDP_HEADER_SIZE &&
                         UDP_HEADER_SIZE <= \old(tcpip_be16(bytes + 4)) <= size;
    ensures \result ==> header->length == \old(tcpip_be16(bytes + 4)); */
static inline bool udp_parse(const uint8_t *bytes, size_t size, struct udp_header *header)
{
    if (size < UDP_HEADER_SIZE)
        return false;
    header->source_port = tcpip_get_be16(bytes);
    header->destination_port = tcpip_get_be16(bytes + 2);
    header->length = tcpip_get_be16(bytes + 4);
    header->checksum = tcpip_get_be16(bytes + UDP_CHECKSUM_OFFSET);
    return header->length >= UDP_HEADER_SIZE && header->length <= size;
}

/*@ requires tcpip_writable(bytes, size) && \valid_read(header);
    requires \separated(header, bytes + (0 .. size - 1));
    assigns bytes[0 .. UDP_HEADER_SIZE - 1];
    ensures \result <==> size >= UDP_HEADER_SIZE; */
static inline bool udp_build(uint8_t *bytes, size_t size, const struct udp_header *header)
{
    if (size < UDP_HEADER_SIZE)
        return false;
    tcpip_put_be16(bytes, header->source_port);
    tcpip_put_be16(bytes + 2, header->destination_port);
    tcpip_put_be16(bytes + 4, header->length);
    tcpip_put_be16(bytes + UDP_CHECKSUM_OFFSET, header->checksum);
    return true;
}
