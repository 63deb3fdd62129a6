/* SPDX-License-Identifier: MIT */
/* IPv4 by its own parser; of IPv6 (RFC 8200 3) only the fixed header. */
#include "wire/locate.h"

#include "core/address.h"
#include "wire/ethernet.h"
#include "wire/ipv4.h"

enum { IPV6_HEADER_SIZE = 40, LAST_EXTENSION = 60 };

/*@ requires size >= NETIF_HEADER_SIZE && tcpip_readable(frame, size) && \valid(located);
    requires \separated(located, frame + (0 .. size - 1));
    assigns *located;
    ensures \result == LOCATE_OK ==> located->offset + located->length <= size;
    ensures \result == LOCATE_OK ==> located->offset >= 34; */
static enum locate_result locate_in_ipv4(const uint8_t *frame, size_t size, struct located *located)
{
    struct ipv4_header header;

    switch (tcpip_ipv4_parse(frame + NETIF_HEADER_SIZE, size - NETIF_HEADER_SIZE, &header)) {
    case IPV4_OK:
        break;
    case IPV4_VERSION:
    case IPV4_OPTIONS:
        return LOCATE_OTHER;
    default:
        return LOCATE_SHORT;
    }
    if (ipv4_is_fragment(&header))
        return LOCATE_OTHER;
    located->source = tcpip_address_from_ipv4(header.source);
    located->destination = tcpip_address_from_ipv4(header.destination);
    located->protocol = header.protocol;
    located->offset = NETIF_HEADER_SIZE + (size_t)header.header_size;
    located->length = header.total_size - (size_t)header.header_size;
    return LOCATE_OK;
}

/* Hop-by-hop options, routing, fragments and destination options stand before a transport header. */
/*@ assigns \nothing; */
static bool is_extension(uint8_t next_header)
{
    return next_header == 0 || next_header == 43 || next_header == 44 ||
           next_header == LAST_EXTENSION;
}

/*@ requires tcpip_readable(reader.at, reader.left) && \valid(located);
    requires \separated(located, reader.at + (0 .. reader.left - 1));
    assigns *located;
    ensures \result == LOCATE_OK ==> located->offset == NETIF_HEADER_SIZE + IPV6_HEADER_SIZE;
    ensures \result == LOCATE_OK ==> located->length <= reader.left - IPV6_HEADER_SIZE; */
static enum locate_result locate_in_ipv6(struct tcpip_reader reader, struct located *located)
{
    uint8_t version, next_header;
    uint16_t length;

    *located = (struct located){.source = {.family = TCPIP_IPV6},
                                .destination = {.family = TCPIP_IPV6}};
    if (!tcpip_read_u8(&reader, &version))
        return LOCATE_SHORT;
    if (version / 16u != 6u)
        return LOCATE_OTHER;
    if (!tcpip_read_skip(&reader, 3) || !tcpip_read_be16(&reader, &length) ||
        !tcpip_read_u8(&reader, &next_header) || !tcpip_read_skip(&reader, 1))
        return LOCATE_SHORT;
    /*@ assert tcpip_has_read{Pre, Here}(&reader, 8); */
    if (!tcpip_read_bytes(&reader, located->source.bytes, sizeof located->source.bytes))
        return LOCATE_SHORT;
    /*@ assert tcpip_has_read{Pre, Here}(&reader, 24); */
    if (!tcpip_read_bytes(&reader, located->destination.bytes, sizeof located->destination.bytes) ||
        length > reader.left)
        return LOCATE_SHORT;
    /*@ assert tcpip_has_read{Pre, Here}(&reader, IPV6_HEADER_SIZE); */
    if (is_extension(next_header))
        return LOCATE_OTHER;
    located->protocol = next_header;
    located->offset = NETIF_HEADER_SIZE + IPV6_HEADER_SIZE;
    located->length = length;
    return LOCATE_OK;
}

enum locate_result tcpip_locate(const uint8_t *frame, size_t size, struct located *located)
{
    struct tcpip_reader reader = tcpip_reader_of(frame, size);

    if (!tcpip_read_skip(&reader, NETIF_HEADER_SIZE))
        return LOCATE_SHORT;
    switch (tcpip_get_be16(frame + ETHERNET_TYPE_AT)) {
    case ETHERNET_IPV4:
        return locate_in_ipv4(frame, size, located);
    case ETHERNET_IPV6:
        return ipconfigUSE_IPv6 ? locate_in_ipv6(reader, located) : LOCATE_OTHER;
    default:
        return LOCATE_OTHER;
    }
}
