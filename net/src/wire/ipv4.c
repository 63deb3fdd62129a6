/* SPDX-License-Identifier: MIT */
/*
 * The fields are read first and then held against each other and against what is there.
 */
#include "wire/ipv4.h"

enum { OPTION_END = 0, OPTION_NOP = 1, OPTION_LOOSE_ROUTE = 131, OPTION_STRICT_ROUTE = 137 };

enum { FLAG_DONT_FRAGMENT = 0x4000, FLAG_MORE = 0x2000, OFFSETS = 0x2000, IN_WORDS = 4 };

static bool options_are_sound(struct tcpip_reader options)
{
    uint8_t kind;
    uint8_t size;

    while (tcpip_read_u8(&options, &kind) && kind != OPTION_END) {
        if (kind == OPTION_NOP)
            continue;
        if (kind == OPTION_LOOSE_ROUTE || kind == OPTION_STRICT_ROUTE)
            return false;
        if (!tcpip_read_u8(&options, &size) || size < 2 || !tcpip_read_skip(&options, size - 2u))
            return false;
    }
    return true;
}

static bool read_fields(struct tcpip_reader *reader, struct ipv4_header *header)
{
    uint16_t fragment;
    bool there = tcpip_read_skip(reader, 1) && tcpip_read_be16(reader, &header->total_size) &&
                 tcpip_read_be16(reader, &header->id) && tcpip_read_be16(reader, &fragment) &&
                 tcpip_read_u8(reader, &header->ttl) && tcpip_read_u8(reader, &header->protocol) &&
                 tcpip_read_skip(reader, 2) && tcpip_read_be32(reader, &header->source) &&
                 tcpip_read_be32(reader, &header->destination);

    if (!there)
        return false;
    header->dont_fragment = fragment / FLAG_DONT_FRAGMENT % 2u == 1u;
    header->more_fragments = fragment / FLAG_MORE % 2u == 1u;
    header->fragment_offset = fragment % OFFSETS;
    return true;
}

/* What stands in every header, whatever follows it. */
static enum ipv4_result read_header(struct tcpip_reader *reader, struct ipv4_header *header)
{
    uint8_t first;

    if (!tcpip_read_u8(reader, &first))
        return IPV4_SHORT;
    if (first / 16u != 4u)
        return IPV4_VERSION;
    header->header_size = (uint8_t)(first % 16u * IN_WORDS);
    return read_fields(reader, header) ? IPV4_OK : IPV4_SHORT;
}

bool tcpip_ipv4_parse_quoted(const uint8_t *bytes, size_t size, struct ipv4_header *header)
{
    struct tcpip_reader reader = tcpip_reader_of(bytes, size);

    return read_header(&reader, header) == IPV4_OK && header->header_size >= IPV4_HEADER_SIZE &&
           header->header_size <= size;
}

enum ipv4_result tcpip_ipv4_parse(const uint8_t *bytes, size_t size, struct ipv4_header *header)
{
    struct tcpip_reader reader = tcpip_reader_of(bytes, size);
    enum ipv4_result result = read_header(&reader, header);

    if (result != IPV4_OK)
        return result;
    if (header->header_size < IPV4_HEADER_SIZE || header->total_size < header->header_size)
        return IPV4_LENGTHS;
    if (header->total_size > size)
        return IPV4_SHORT;
    reader.left = header->header_size - (size_t)IPV4_HEADER_SIZE;
    return options_are_sound(reader) ? IPV4_OK : IPV4_OPTIONS;
}

bool tcpip_ipv4_build(uint8_t *bytes, size_t size, const struct ipv4_header *header)
{
    struct tcpip_writer writer = tcpip_writer_of(bytes, size);
    uint16_t fragment = (uint16_t)(header->fragment_offset % OFFSETS +
                                   (header->dont_fragment ? FLAG_DONT_FRAGMENT : 0) +
                                   (header->more_fragments ? FLAG_MORE : 0));

    return tcpip_write_u8(&writer, 4 * 16 + IPV4_HEADER_SIZE / IN_WORDS) &&
           tcpip_write_u8(&writer, 0) && tcpip_write_be16(&writer, header->total_size) &&
           tcpip_write_be16(&writer, header->id) && tcpip_write_be16(&writer, fragment) &&
           tcpip_write_u8(&writer, header->ttl) && tcpip_write_u8(&writer, header->protocol) &&
           tcpip_write_be16(&writer, 0) && tcpip_write_be32(&writer, header->source) &&
           tcpip_write_be32(&writer, header->destination);
}
