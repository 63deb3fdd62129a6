/* SPDX-License-Identifier: MIT */
/*
 * A DNS server for host tests, over UDP and TCP, that can be made to misbehave. It lives in the
 * tested stack itself: the wire sends every packet back with its addresses exchanged, so that all
 * hosts of the network are played by one handler, which sees which of them was asked.
 */
#pragma once

#include "world.h"

#include "client/dns.h"

struct name_entry {
    const char *owner;
    uint16_t type; /* DNS_TYPE_A, _AAAA, _CNAME; _SOA: that there is nothing, for `data` seconds */
    uint32_t ttl;
    const char *data; /* dotted numbers, a name, or decimal seconds */
};

enum { NAME_SERVER_SEEN = 64 };

struct name_server {
    const struct name_entry *zone; /* the last has no owner */

    /* Mischief. The addresses are those of servers, 0: none. */
    uint32_t silent_server;  /* answers nothing */
    uint32_t failing_server; /* SERVFAIL */
    unsigned ignore;         /* so many datagrams first */
    bool truncates;          /* over UDP: sets TC, and leaves the records out */
    bool keeps_records;      /* though it truncates */
    bool plain;              /* FORMERR to EDNS0 */
    bool lowers;             /* gives the question back in lower case */
    bool mute_stream;        /* accepts connections, and says nothing */
    bool wrong_stream;       /* answers another question there */
    uint16_t stream_size;    /* announces so many bytes */
    uint16_t stream_cut;     /* sends so many bytes of the answer and closes */
    bool refuses_streams;

    /* What was seen. */
    unsigned datagrams, extended, streams, stream_resets;
    uint32_t asked[NAME_SERVER_SEEN]; /* which server … */
    uint32_t at[NAME_SERVER_SEEN];    /* … and when, by datagram */
    char name[256];                   /* last asked for, as it was written */

    struct tcpip_udp_port port;
    struct tcpip_tcp_owner owner;
    struct tcpip_tcp_listener listener;
    struct tcpip_tcp_connection *stream;
};

extern struct name_server name_server;

/* Begins a world (10.0.0.1, servers 10.0.0.53 and .54) with the server in it, and ends both. */
void name_server_begin(const struct name_entry *zone);
void name_server_end(void);
