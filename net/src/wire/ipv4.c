/* SPDX-License-Identifier: MIT */
/*
 * The fields are read first and then held against each other and against what is there.
 */
#include "wire/ipv4.h"

enum { OPTION_END = 0, OPTION_NOP = 1, OPTION_LOOSE_ROUTE = 131, OPTION_STRICT_ROUTE = 137 };

enum { FLAG_DONT_FRAGMENT = 0x4000, FLAG_MORE = 0x2000, OFFSETS = 0x2000, IN_WORDS = 4 };

enum { VERSION_AND_SIZE = 4 * 16 + IPV4_HEADER_SIZE / IN_WORDS };

/*@ requires tcpip_readable(options.at, options.left);
    assigns \nothing; */
static bool options_are_sound(struct tcpip_reader options)
{
    uint8_t kind;
    uint8_t size;

    /*@ loop invariant tcpip_readable(options.at, options.left);
        loop assigns options, kind, size;
        loop variant options.left; */
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

/* What stands in every header, whatever follows it. */
/*@ requires tcpip_readable(bytes, size) && \valid(header);
    requires \separated(header, bytes + (0 .. size - 1));
    assigns *header;
    ensures \result == IPV4_OK ==> size >= IPV4_HEADER_SIZE;
    ensures \result == IPV4_OK ==> header->fragment_offset < 8192; */
static enum ipv4_result read_header(const uint8_t *bytes, size_t size, struct ipv4_header *header)
{
    if (size < 1)
        return IPV4_SHORT;
    if (bytes[0] / 16u != 4u)
        return IPV4_VERSION;
    if (size < IPV4_HEADER_SIZE)
        return IPV4_SHORT;
    uint16_t fragment = tcpip_get_be16(bytes + 6);
    header->header_size = (uint8_t)(bytes[0] % 16u * IN_WORDS);
    header->total_size = tcpip_get_be16(bytes + 2);
    header->id = tcpip_get_be16(bytes + 4);
    header->dont_fragment = fragment / FLAG_DONT_FRAGMENT % 2u == 1u;
    header->more_fragments = fragment / FLAG_MORE % 2u == 1u;
    header->fragment_offset = fragment % OFFSETS;
    header->ttl = bytes[8];
    header->protocol = bytes[9];
    header->source = tcpip_get_be32(bytes + 12);
    header->destination = tcpip_get_be32(bytes + 16);
    return IPV4_OK;
}

bool tcpip_ipv4_parse_quoted(const uint8_t *bytes, size_t size, struct ipv4_header *header)
{
    return read_header(bytes, size, header) == IPV4_OK && header->header_size >= IPV4_HEADER_SIZE &&
           header->header_size <= size;
}

enum ipv4_result tcpip_ipv4_parse(const uint8_t *bytes, size_t size, struct ipv4_header *header)
{
    enum ipv4_result result = read_header(bytes, size, header);

    if (result != IPV4_OK)
        return result;
    if (header->header_size < IPV4_HEADER_SIZE || header->total_size < header->header_size)
        return IPV4_LENGTHS;
    if (header->total_size > size)
        return IPV4_SHORT;
    return options_are_sound(tcpip_reader_of(bytes + IPV4_HEADER_SIZE,
                                             header->header_size - (size_t)IPV4_HEADER_SIZE))
               ? IPV4_OK
               : IPV4_OPTIONS;
}

/*@ requires \valid_read(header);
    assigns \nothing; */
static uint16_t fragment_field(const struct ipv4_header *header)
{
    return (uint16_t)(header->fragment_offset % OFFSETS +
                      (header->dont_fragment ? FLAG_DONT_FRAGMENT : 0) +
                      (header->more_fragments ? FLAG_MORE : 0));
}

bool tcpip_ipv4_build(uint8_t *bytes, size_t size, const struct ipv4_header *header)
{
    if (size < IPV4_HEADER_SIZE)
        return false;
    bytes[0] = VERSION_AND_SIZE;
    bytes[1] = 0;
    tcpip_put_be16(bytes + 2, header->total_size);
    tcpip_put_be16(bytes + 4, header->id);
    tcpip_put_be16(bytes + 6, fragment_field(header));
    bytes[8] = header->ttl;
    bytes[9] = header->protocol;
    tcpip_put_be16(bytes + 10, 0);
    tcpip_put_be32(bytes + 12, header->source);
    tcpip_put_be32(bytes + 16, header->destination);
    return true;
}
