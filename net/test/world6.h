/* SPDX-License-Identifier: MIT */
/*
 * The world of world.h with an end-point of IPv6 beside that of IPv4: packets made by hand, and a record of
 * what the stack sends.
 */
#pragma once

#include "world.h"

#include "wire/icmp.h"
#include "wire/ipv6.h"
#include "wire/nd.h"

enum { SENT_MOST = 64, IP6_AT = NETIF_HEADER_SIZE, ICMP6_AT = IP6_AT + IPV6_HEADER_SIZE };

struct sent6 {
    size_t length;
    uint8_t bytes[WIRE_FRAME_SIZE];
};

struct world6 {
    struct tcpip_end_point end_point;
    struct tcpip_end_point second; /* another one, where a test wants it */
    struct sent6 sent[SENT_MOST];  /* the first frames since world6_forget */
    unsigned sent_count;
};

extern struct world6 world6;

/* Text to address. */
struct tcpip_address ip6(const char *text);

#define OWN6    "2001:db8::1"
#define PEER6   "2001:db8::9"
#define ROUTER6 "fe80::fe"

/* An end-point that is set by hand, 2001:db8::1/64 with the gateway fe80::fe; or one that wants a
 * router's prefix. Its link is up; address detection has NOT run yet. */
void world6_begin(bool wants_ra);

/* The same, and a minute later: addresses are in use. */
void world6_settle(bool wants_ra);
void world6_end(void);

void world6_forget(void);

/* The frame number `index` from 0 that was sent with this type of ICMPv6; NULL: there were fewer. */
const uint8_t *world6_sent(uint8_t type, unsigned index);
unsigned world6_count(uint8_t type);

/* Frames from the peer's station; each returns its length. `next` is the first header's number. */
size_t world6_packet(uint8_t *bytes, const char *source, const char *destination, uint8_t next,
                     uint8_t hop_limit, const uint8_t *payload, size_t size);
size_t world6_udp(uint8_t *bytes, const char *source, uint16_t source_port, const char *destination,
                  uint16_t destination_port, const uint8_t *payload, size_t size);

/* Receives a message of ICMPv6, its checksum made right, with hop limit 255 (or another). */
void world6_icmp(const char *source, const char *destination, uint8_t *message, size_t size);
void world6_icmp_far(const char *source, const char *destination, uint8_t hop_limit,
                     uint8_t *message, size_t size);

/* Neighbour solicitation and advertisement of the peer, with the option for a station if it is not
 * NULL. */
void world6_solicit(const char *source, const char *destination, const char *target,
                    const uint8_t *mac);
void world6_advertise(const char *source, const char *destination, const char *target,
                      uint8_t flags, const uint8_t *mac);

/* A router's advertisement that is put together. */
struct advertisement {
    uint8_t bytes[400];
    size_t size;
};
struct advertisement router_says(uint16_t lifetime, uint8_t flags);
void says_prefix(struct advertisement *to, const char *prefix, uint8_t length, uint8_t flags,
                 uint32_t valid, uint32_t preferred);
void says_mtu(struct advertisement *to, uint32_t mtu);
void says_dns(struct advertisement *to, const char *server, uint32_t lifetime);
void says_station(struct advertisement *to, const uint8_t *mac);
void world6_hear(const char *router, struct advertisement *said);

/* The group of those who may have this address, as text. */
const char *solicited_node(const char *address);

/* The station of a neighbour is known, and which it is. */
bool world6_knows(const char *address, const uint8_t *mac);
