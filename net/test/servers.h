/* SPDX-License-Identifier: MIT */
/*
 * Scripted hosts on the wire: a station that answers ARP for every address, a DHCP server, a DNS
 * server and a UDP echo. Each can be made to misbehave. They live in the stack's task.
 */
#pragma once

#include "wire.h"
#include "wire/dhcp.h"
#include "wire/dns.h"

#define SERVERS_ADDRESS 0x0a000202u /* 10.0.2.2: gateway, DHCP and, with the next, DNS */
#define SERVERS_DNS     0x0a000203u
#define SERVERS_CLIENT  0x0a00020fu /* the address that is leased: 10.0.2.15 */

struct servers {
    /* DHCP */
    bool dhcp_silent;
    unsigned dhcp_ignore; /* messages to leave unanswered first */
    bool nak;             /* the next REQUEST */
    uint32_t lease;
    const char *domain;  /* NULL: none is named */
    uint32_t xid_change; /* added to the xid of each answer */
    uint8_t mac_change;
    uint32_t address_change; /* added to the address that is leased */
    bool address_taken;      /* a probe for the leased address is answered */
    unsigned discovers, requests, declines, renewals, releases;
    uint32_t last_server_id; /* in the last REQUEST or RELEASE; 0: none */

    /* DNS */
    bool dns_silent;
    unsigned dns_ignore;
    bool dns_alias; /* answers with a chain of two names */
    bool dns_six;   /* has IPv6 addresses, 2001:db8::1 and so on */
    bool dns_no_four;
    uint8_t dns_rcode;
    uint32_t dns_ttl;
    unsigned queries;
    uint16_t last_id, last_port;
    uint32_t last_server;
    uint8_t last_query[512];
    size_t last_query_size;

    unsigned echoes; /* of UDP port 7 */
};

/* Makes `wire` lead to them; `servers` must stay. */
void servers_begin(struct servers *servers, struct wire *wire);

/* A frame that carries a datagram to the stack; returns its length. */
size_t servers_datagram(struct wire *wire, uint8_t *frame, uint32_t source, uint16_t source_port,
                        uint32_t destination, uint16_t destination_port, const uint8_t *payload,
                        size_t size);

/* Writes a server's DHCP message; what is 0 is left out. Returns its size. */
size_t servers_dhcp_reply(uint8_t *bytes, size_t size, const struct dhcp_reply *reply);

/* Writes a DNS answer of `count` addresses 192.0.2.1 … or 2001:db8::1 … to a query. Returns its
 * size. */
size_t servers_dns_answer(uint8_t *bytes, size_t size, const uint8_t *query, size_t query_size,
                          unsigned count, const struct servers *servers);
