/* SPDX-License-Identifier: MIT */
/*
 * A chain of extension headers is followed with one place and the bytes left behind it. Every step
 * moves on by at least eight bytes, and there are at most IPV6_EXTENSIONS_MAX of them.
 */
#include "wire/ipv6.h"

#include "FreeRTOSIPConfigDefaults.h"

#if ipconfigUSE_IPv6

enum {
    OPTION_PAD1 = 0,
    ACTION_SKIP = 0, /* RFC 8200 4.2: the two high bits of an option's type */
    ACTION_DISCARD = 1,
    ACTION_ANSWER = 2,
    OPTION_PADN = 1,
    OPTION_ROUTER_ALERT = 5,
    ERRONEOUS_FIELD = 0, /* codes of RFC 4443 3.4 */
    UNKNOWN_HEADER = 1,
    UNKNOWN_OPTION = 2,
    UNIT = 8, /* lengths count what goes beyond the first eight bytes */
};

enum ipv6_result tcpip_ipv6_parse(const uint8_t *bytes, size_t size, struct ipv6_header *header)
{
    if (size < 1)
        return IPV6_SHORT;
    if (bytes[0] / 16u != 6u)
        return IPV6_VERSION;
    if (size < IPV6_HEADER_SIZE)
        return IPV6_SHORT;
    header->payload_size = tcpip_get_be16(bytes + 4);
    header->next = bytes[IPV6_NEXT_AT];
    header->hop_limit = bytes[7];
    header->source = bytes + IPV6_SOURCE_AT;
    header->destination = bytes + IPV6_DESTINATION_AT;
    return IPV6_OK;
}

/*@ requires \valid(chain);
    assigns chain->code, chain->pointer;
    ensures \result == IPV6_PROBLEM; */
static enum ipv6_result problem(struct ipv6_chain *chain, uint8_t code, size_t pointer)
{
    chain->code = code;
    chain->pointer = (uint16_t)pointer;
    return IPV6_PROBLEM;
}

/*@ requires \valid(chain);
    assigns chain->code, chain->pointer, chain->even_to_group;
    ensures \result == IPV6_DISCARD || \result == IPV6_PROBLEM; */
static enum ipv6_result unknown_option(struct ipv6_chain *chain, uint8_t kind, size_t at)
{
    unsigned action = kind / 64u;

    if (action == ACTION_DISCARD)
        return IPV6_DISCARD;
    chain->even_to_group = action == ACTION_ANSWER;
    return problem(chain, UNKNOWN_OPTION, at);
}

/* The options from `at` up to `end`. */
/*@ requires at <= end && tcpip_readable(packet, end) && \valid(chain);
    requires \separated(chain, packet + (0 .. end - 1));
    assigns chain->code, chain->pointer, chain->even_to_group;
    ensures \result == IPV6_OK || \result == IPV6_DISCARD || \result == IPV6_PROBLEM; */
static enum ipv6_result walk_options(const uint8_t *packet, size_t at, size_t end,
                                     struct ipv6_chain *chain)
{
    /*@ loop invariant at <= end;
        loop assigns at;
        loop variant end - at; */
    while (at < end) {
        uint8_t kind = packet[at];

        if (kind == OPTION_PAD1) {
            at++;
            continue;
        }
        if (end - at < 2 || end - at - 2 < packet[at + 1])
            return IPV6_DISCARD;
        if (kind != OPTION_PADN && kind != OPTION_ROUTER_ALERT && kind / 64u != ACTION_SKIP)
            return unknown_option(chain, kind, at);
        at += 2u + packet[at + 1];
    }
    return IPV6_OK;
}

/* RFC 8200 4.4: a header that has been followed to its end is skipped, any other refused. */
/*@ requires \valid(chain) && tcpip_readable(packet, chain->offset + UNIT);
    assigns chain->code, chain->pointer;
    ensures \result == IPV6_OK || \result == IPV6_PROBLEM; */
static enum ipv6_result look_at_routing(const uint8_t *packet, struct ipv6_chain *chain)
{
    return packet[chain->offset + 3] == 0 ? IPV6_OK
                                          : problem(chain, ERRONEOUS_FIELD, chain->offset + 2u);
}

/* RFC 6946: a fragment that is the whole packet is one header more, and no fragment. */
/*@ requires \valid(chain) && tcpip_readable(packet, chain->offset + UNIT);
    requires \separated(chain, packet + (0 .. chain->offset + UNIT - 1));
    assigns chain->fragment_offset, chain->more_fragments, chain->fragment_id;
    ensures \result == IPV6_OK || \result == IPV6_FRAGMENTED; */
static enum ipv6_result look_at_fragment(const uint8_t *packet, struct ipv6_chain *chain)
{
    uint16_t field = tcpip_get_be16(packet + chain->offset + 2);

    if (ipconfigUSE_REASSEMBLY) {
        chain->fragment_offset = (uint16_t)(field / UNIT * UNIT);
        chain->more_fragments = field % 2u == 1u;
        chain->fragment_id = tcpip_get_be32(packet + chain->offset + 4);
    }
    return field / UNIT == 0 && field % 2u == 0 ? IPV6_OK : IPV6_FRAGMENTED;
}

/*@ assigns \nothing;
    ensures number == IPV6_FRAGMENT ==> \result; */
static bool is_extension(uint8_t number)
{
    return number == IPV6_HOP_BY_HOP || number == IPV6_ROUTING || number == IPV6_FRAGMENT ||
           number == IPV6_DESTINATION_OPTIONS;
}

/* What stands at chain->offset is the extension chain->protocol, `length` bytes long. */
/*@ requires length >= UNIT && \valid(chain) && tcpip_readable(packet, chain->offset + length);
    requires \separated(chain, packet + (0 .. chain->offset + length - 1));
    requires chain->offset + length <= UINT16_MAX;
    assigns chain->code, chain->pointer, chain->even_to_group;
    assigns chain->fragment_offset, chain->more_fragments, chain->fragment_id;
    ensures \result != IPV6_SHORT && \result != IPV6_VERSION;
    ensures \result == IPV6_FRAGMENTED ==> chain->protocol == IPV6_FRAGMENT; */
static enum ipv6_result look_at(const uint8_t *packet, size_t length, struct ipv6_chain *chain)
{
    switch (chain->protocol) {
    case IPV6_ROUTING:
        return look_at_routing(packet, chain);
    case IPV6_FRAGMENT:
        return look_at_fragment(packet, chain);
    case IPV6_HOP_BY_HOP:
        if (chain->next_at != IPV6_NEXT_AT) /* RFC 8200 4.1: the first or none */
            return problem(chain, UNKNOWN_HEADER, chain->next_at);
        break;
    default:
        break;
    }
    return walk_options(packet, chain->offset + 2u, chain->offset + length, chain);
}

enum ipv6_result tcpip_ipv6_walk(const uint8_t *packet, size_t size, struct ipv6_chain *chain)
{
    /*@ loop invariant count <= IPV6_EXTENSIONS_MAX;
        loop invariant \at(chain->offset, Pre) <= chain->offset;
        loop assigns count, *chain;
        loop variant IPV6_EXTENSIONS_MAX - count; */
    for (unsigned count = 0;; count++) {
        enum ipv6_result result;
        size_t length = UNIT;

        if (chain->offset > size || chain->next_at >= size)
            return IPV6_SHORT;
        chain->protocol = packet[chain->next_at];
        if (!is_extension(chain->protocol))
            return IPV6_OK;
        if (count == IPV6_EXTENSIONS_MAX)
            return IPV6_DISCARD;
        if (size - chain->offset < UNIT)
            return IPV6_SHORT;
        if (chain->protocol != IPV6_FRAGMENT) /* there the byte is reserved */
            length += packet[chain->offset + 1] * (size_t)UNIT;
        if (size - chain->offset < length)
            return IPV6_SHORT;
        result = look_at(packet, length, chain);
        if (result != IPV6_OK && result != IPV6_FRAGMENTED)
            return result;
        chain->named_at = chain->next_at;
        chain->next_at = chain->offset;
        chain->offset = (uint16_t)(chain->offset + length);
        if (result == IPV6_FRAGMENTED) {
            chain->protocol = packet[chain->next_at];
            return result;
        }
    }
}

#endif
