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
/*@ assigns \nothing;
    ensures \result == 0 || 8 <= \result <= 40;
    ensures type == ND_ROUTER_ADVERTISEMENT ==> \result == 16;
    ensures type == ND_NEIGHBOUR_SOLICITATION ==> \result == ND_NEIGHBOUR_SIZE;
    ensures type == ND_NEIGHBOUR_ADVERTISEMENT ==> \result == ND_NEIGHBOUR_SIZE;
    ensures type == ND_REDIRECT ==> \result == 40; */
size_t tcpip_nd_fixed_size(uint8_t type);

/* The next option; false at the end, or if what follows is cut off or has the length zero. */
/*@ requires tcpip_can_read(options) && \valid(option);
    requires \separated(option, options, options->at + (0 .. options->left - 1));
    assigns *options, *option;
    ensures tcpip_has_read{Pre, Post}(options, \result ? option->size : 0);
    ensures \result ==> 8 <= option->size <= \old(options->left);
    ensures \result ==> option->bytes == \old(options->at); */
bool tcpip_nd_next_option(struct tcpip_reader *options, struct nd_option *option);

/* A whole message: its fixed part is there, and its options fill the rest exactly, each as long as
 * its kind demands (RFC 4861 4.6, 6.1, 7.1, 8.1). `options` is what to read them from. */
/*@ requires tcpip_readable(bytes, size) && \valid(options);
    requires \separated(options, bytes + (0 .. size - 1));
    assigns *options;
    ensures \result ==> size >= 8 && options->left <= size - 8;
    ensures \result ==> options->at == bytes + (size - options->left);
    ensures \result && bytes[0] == ND_ROUTER_ADVERTISEMENT ==> options->left == size - 16;
    ensures \result && bytes[0] == ND_NEIGHBOUR_SOLICITATION ==> options->left == size - 24;
    ensures \result && bytes[0] == ND_NEIGHBOUR_ADVERTISEMENT ==> options->left == size - 24;
    ensures \result && bytes[0] == ND_REDIRECT ==> options->left == size - 40; */
bool tcpip_nd_check(const uint8_t *bytes, size_t size, struct tcpip_reader *options);

/* For messages and options that have been checked. */
/*@ requires tcpip_readable(message, 16) && \valid(router);
    requires \separated(router, message + (0 .. 15));
    assigns *router; */
void tcpip_nd_router(const uint8_t *message, struct nd_router *router);
/*@ requires \valid_read(option) && tcpip_readable(option->bytes, 32) && \valid(prefix);
    requires \separated(prefix, option, option->bytes + (0 .. 31));
    assigns *prefix;
    ensures tcpip_readable(prefix->prefix, 16); */
void tcpip_nd_prefix(const struct nd_option *option, struct nd_prefix *prefix);

/* The station that an option of this kind names; NULL: there is none. */
/*@ requires tcpip_readable(options.at, options.left);
    assigns \nothing;
    ensures \result != \null ==> tcpip_readable(\result, NETIF_MAC_SIZE); */
const uint8_t *tcpip_nd_station(struct tcpip_reader options, uint8_t kind);

/* Writes an option that names a station: ND_LINK_OPTION_SIZE bytes. */
/*@ requires tcpip_writable(at, ND_LINK_OPTION_SIZE) && tcpip_readable(mac, NETIF_MAC_SIZE);
    requires \separated(at + (0 .. ND_LINK_OPTION_SIZE - 1), mac + (0 .. NETIF_MAC_SIZE - 1));
    assigns at[0 .. ND_LINK_OPTION_SIZE - 1]; */
void tcpip_nd_put_station(uint8_t *at, uint8_t kind, const uint8_t mac[NETIF_MAC_SIZE]);
