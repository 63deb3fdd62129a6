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
static inline bool udp_parse(const uint8_t *bytes, size_t size, struct udp_header *header)
{
    struct tcpip_reader reader = tcpip_reader_of(bytes, size);

    return tcpip_read_be16(&reader, &header->source_port) &&
           tcpip_read_be16(&reader, &header->destination_port) &&
           tcpip_read_be16(&reader, &header->length) &&
           tcpip_read_be16(&reader, &header->checksum) && header->length >= UDP_HEADER_SIZE &&
           header->length <= size;
}

static inline bool udp_build(uint8_t *bytes, size_t size, const struct udp_header *header)
{
    struct tcpip_writer writer = tcpip_writer_of(bytes, size);

    return tcpip_write_be16(&writer, header->source_port) &&
           tcpip_write_be16(&writer, header->destination_port) &&
           tcpip_write_be16(&writer, header->length) && tcpip_write_be16(&writer, header->checksum);
}
