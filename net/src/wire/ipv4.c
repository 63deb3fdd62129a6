/* SPDX-License-Identifier: MIT */
/*
 * The fields are read first and then held against each other and against what is there.
 */
#include "wire/ipv4.h"

enum { OPTION_END = 0, OPTION_NOP = 1, OPTION_LOOSE_ROUTE = 131, OPTION_STRICT_ROUTE = 137 };

enum { IN_WORDS = 4 };

/*@ requires tcpip_readable(at, left);
    assigns \nothing; */
static bool options_are_sound(const uint8_t *at, size_t left)
{
    /*@ loop invariant tcpip_readable(at, left);
        loop assigns at, left;
        loop variant left; */
    while (left > 0 && *at != OPTION_END) {
        size_t size = 1;

        if (*at == OPTION_LOOSE_ROUTE || *at == OPTION_STRICT_ROUTE)
            return false;
        if (*at != OPTION_NOP) {
            if (left < 2 || at[1] < 2 || at[1] > left)
                return false;
            size = at[1];
        }
        at += size;
        left -= size;
    }
    return true;
}

enum ipv4_result tcpip_ipv4_parse_quoted(const uint8_t *bytes, size_t size,
                                         struct ipv4_header *header)
{
    if (size < 1)
        return IPV4_SHORT;
    if (bytes[0] / 16u != 4u)
        return IPV4_VERSION;
    if (size < IPV4_HEADER_SIZE)
        return IPV4_SHORT;
    header->header_size = (uint8_t)(bytes[0] % 16u * IN_WORDS);
    header->total_size = tcpip_get_be16(bytes + 2);
    header->id = tcpip_get_be16(bytes + 4);
    header->fragment = tcpip_get_be16(bytes + 6);
    header->ttl = bytes[8];
    header->protocol = bytes[9];
    header->source = tcpip_get_be32(bytes + 12);
    header->destination = tcpip_get_be32(bytes + 16);
    if (header->header_size < IPV4_HEADER_SIZE)
        return IPV4_LENGTHS;
    return header->header_size <= size ? IPV4_OK : IPV4_SHORT;
}

enum ipv4_result tcpip_ipv4_parse(const uint8_t *bytes, size_t size, struct ipv4_header *header)
{
    enum ipv4_result result = tcpip_ipv4_parse_quoted(bytes, size, header);

    if (result != IPV4_OK)
        return result;
    if (header->total_size < header->header_size)
        return IPV4_LENGTHS;
    if (header->total_size > size)
        return IPV4_SHORT;
    return options_are_sound(bytes + IPV4_HEADER_SIZE,
                             header->header_size - (size_t)IPV4_HEADER_SIZE)
               ? IPV4_OK
               : IPV4_OPTIONS;
}
