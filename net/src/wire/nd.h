/* SPDX-License-Identifier: MIT */
/*
 * The messages of Neighbour Discovery (RFC 4861, RFC 8106) inside ICMPv6: what stands behind type,
 * code and checksum. Options are read one after the other; a list is first checked as a whole.
 */
#pragma once

#include "netif.h"
#include "wire/bytes.h"

enum nd_type {
    ND_ROUTER_SOLICITATION = 133,
    ND_ROUTER_ADVERTISEMENT = 134,
    ND_NEIGHBOUR_SOLICITATION = 135,
    ND_NEIGHBOUR_ADVERTISEMENT = 136,
    ND_REDIRECT = 137,
};

enum {
    ND_HOP_LIMIT = 255,     /* what no router has touched, RFC 4861 11.2 */
    ND_NEIGHBOUR_SIZE = 24, /* a solicitation or advertisement with its target, without options */
    ND_ROUTER_SOLICITATION_SIZE = 8,
    ND_LINK_OPTION_SIZE = 8,
    ND_TARGET_AT = 8,
    ND_REDIRECT_DESTINATION_AT = 24,
    ND_ADVERTISED_BY_ROUTER = 0x80, /* flags of a neighbour advertisement, in byte 4 */
    ND_SOLICITED = 0x40,
    ND_OVERRIDE = 0x20,
    ND_PREFIX_ON_LINK = 0x80, /* flags of a prefix */
    ND_PREFIX_AUTONOMOUS = 0x40,
    ND_MANAGED = 0x80, /* flags of a router advertisement */
    ND_OTHER = 0x40,
};

enum nd_option_kind {
    ND_OPTION_SOURCE = 1,
    ND_OPTION_TARGET = 2,
    ND_OPTION_PREFIX = 3,
    ND_OPTION_MTU = 5,
    ND_OPTION_DNS = 25,
    ND_OPTION_DOMAINS = 31,
};

#define ND_FOREVER UINT32_MAX

struct nd_option {
    uint8_t kind;         /* of enum nd_option_kind, or another that is to be skipped */
    const uint8_t *bytes; /* the whole option */
    size_t size;
};

struct nd_router {
    uint8_t hop_limit;
    uint8_t flags;
    uint16_t lifetime;  /* s; of the router as a default router */
    uint32_t reachable; /* ms */
    uint32_t retransmit;
};

struct nd_prefix {
    uint8_t length;
    uint8_t flags;
    uint32_t valid; /* s */
    uint32_t preferred;
    const uint8_t *prefix; /* 16 bytes */
};

/* The bytes of a message of this type before its options; 0: no such type. */
size_t tcpip_nd_fixed_size(uint8_t type);

/* The next option; false at the end, or if what follows is cut off or has the length zero. */
bool tcpip_nd_next_option(struct tcpip_reader *options, struct nd_option *option);

/* A whole message: its fixed part is there, and its options fill the rest exactly, each as long as
 * its kind demands (RFC 4861 4.6, 6.1, 7.1, 8.1). `options` is what to read them from. */
bool tcpip_nd_check(const uint8_t *bytes, size_t size, struct tcpip_reader *options);

/* For messages and options that have been checked. */
void tcpip_nd_router(const uint8_t *message, struct nd_router *router);
void tcpip_nd_prefix(const struct nd_option *option, struct nd_prefix *prefix);

/* The station that an option of this kind names; NULL: there is none. */
const uint8_t *tcpip_nd_station(struct tcpip_reader options, uint8_t kind);

/* Writes an option that names a station: ND_LINK_OPTION_SIZE bytes. */
void tcpip_nd_put_station(uint8_t *at, uint8_t kind, const uint8_t mac[NETIF_MAC_SIZE]);
