/* SPDX-License-Identifier: MIT */
/*
 * Each option says its own length in units of eight bytes; zero would never end and is refused.
 */
#include "wire/nd.h"

#include "FreeRTOSIPConfigDefaults.h"

#if ipconfigUSE_IPv6

enum {
    UNIT = 8,
    LEAST_DNS_UNITS = 3,
    LEAST_DOMAINS_UNITS = 2,
    MTU_UNITS = 1,
    PREFIX_UNITS = 4,
    PREFIX_LENGTH_MOST = 128
};

size_t tcpip_nd_fixed_size(uint8_t type)
{
    static const uint8_t sizes[] = {8, 16, 24, 24, 40};

    return type < ND_ROUTER_SOLICITATION || type > ND_REDIRECT
               ? 0
               : sizes[type - ND_ROUTER_SOLICITATION];
}

bool tcpip_nd_next_option(struct tcpip_reader *options, struct nd_option *option)
{
    if (options->left < UNIT || options->at[1] == 0)
        return false;
    option->kind = options->at[0];
    option->bytes = options->at;
    option->size = options->at[1] * (size_t)UNIT;
    return tcpip_read_skip(options, option->size);
}

/*@ requires \valid_read(option) && option->size >= UNIT;
    requires tcpip_readable(option->bytes, option->size);
    assigns \nothing;
    ensures \result && option->kind == ND_OPTION_PREFIX ==> option->size >= 32; */
static bool option_is_sound(const struct nd_option *option)
{
    size_t units = option->size / UNIT;

    switch (option->kind) {
    case ND_OPTION_SOURCE:
    case ND_OPTION_TARGET:
        return units == ND_LINK_OPTION_SIZE / UNIT && option->bytes[2] % 2u == 0; /* no group */
    case ND_OPTION_PREFIX:
        return units == PREFIX_UNITS && option->bytes[2] <= PREFIX_LENGTH_MOST;
    case ND_OPTION_MTU:
        return units == MTU_UNITS;
    case ND_OPTION_DNS:
        return units >= LEAST_DNS_UNITS && units % 2u == 1u;
    case ND_OPTION_DOMAINS:
        return units >= LEAST_DOMAINS_UNITS;
    default:
        return true;
    }
}

bool tcpip_nd_check(const uint8_t *bytes, size_t size, struct tcpip_reader *options)
{
    struct tcpip_reader rest = tcpip_reader_of(bytes, size);
    struct nd_option option;
    size_t fixed = size == 0 ? 0 : tcpip_nd_fixed_size(bytes[0]);

    if (fixed == 0 || !tcpip_read_skip(&rest, fixed))
        return false;
    *options = rest;
    /*@ loop invariant rest.left <= size && rest.at == bytes + (size - rest.left);
        loop assigns rest, option;
        loop variant rest.left; */
    while (rest.left > 0)
        if (!tcpip_nd_next_option(&rest, &option) || !option_is_sound(&option))
            return false;
    return true;
}

void tcpip_nd_router(const uint8_t *message, struct nd_router *router)
{
    router->hop_limit = message[4];
    router->flags = message[5];
    router->lifetime = tcpip_get_be16(message + 6);
    router->reachable = tcpip_get_be32(message + 8);
    router->retransmit = tcpip_get_be32(message + 12);
}

void tcpip_nd_prefix(const struct nd_option *option, struct nd_prefix *prefix)
{
    prefix->length = option->bytes[2];
    prefix->flags = option->bytes[3];
    prefix->valid = tcpip_get_be32(option->bytes + 4);
    prefix->preferred = tcpip_get_be32(option->bytes + 8);
    prefix->prefix = option->bytes + 16;
}

const uint8_t *tcpip_nd_station(struct tcpip_reader options, uint8_t kind)
{
    struct nd_option option;

    /*@ loop invariant tcpip_read_on{Pre, Here}(&options);
        loop assigns options, option;
        loop variant options.left; */
    while (tcpip_nd_next_option(&options, &option))
        if (option.kind == kind)
            return option.bytes + 2;
    return NULL;
}

void tcpip_nd_put_station(uint8_t *at, uint8_t kind, const uint8_t mac[NETIF_MAC_SIZE])
{
    at[0] = kind;
    at[1] = ND_LINK_OPTION_SIZE / UNIT;
    memcpy(at + 2, mac, NETIF_MAC_SIZE);
}

#endif
