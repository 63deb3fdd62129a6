/* SPDX-License-Identifier: MIT */
/*
 * The resolver: finds the addresses of a name in the static table, in the cache, or by asking the
 * DNS servers of the end-points, in that order. Only the stack's task.
 *
 * A name is asked for in one form or in several: with a dot at its end as it is; else also with each
 * search domain behind it, before or after the name alone as it has dots or not.
 *
 * Each question has an id and a source port of its own, both random, and an answer must match both,
 * the server asked, and the question (RFC 5452 9.1).
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "client/names.h"
#include "core/timer.h"
#include "tcp/tcp_ip.h"
#include "udp/udp.h"

#define TCPIP_DNS_USES_TCP (ipconfigUSE_TCP && ipconfigDNS_TCP_SIZE > 0)

/* A name being looked up; belongs to who asks, until `done` or tcpip_dns_cancel. */
struct tcpip_dns_lookup {
    struct tcpip_dns_lookup *next;
    const char *name; /* stays valid as long */
    uint8_t family;   /* which addresses are wanted */

    /* Called once. No addresses: there are none, or nobody has answered. They are valid during the
     * call; the lookup is no longer the client's. */
    void (*done)(struct tcpip_dns_lookup *lookup, const struct tcpip_address *addresses,
                 size_t count);

    /* The client's, from here to the end. */
    bool unanswered; /* for `done`: whether there are addresses is not known */
    bool on_link;    /* it is not servers that are asked */
    bool link_is_silent;
    bool plain;      /* the server does not know EDNS0 */
    uint8_t form;    /* of the name, see above */
    uint8_t aliases; /* that were asked for in its place */
    uint8_t first;   /* server in each round */
    uint16_t tries;
    uint16_t servers;       /* that there were at the last of them */
    uint32_t id;            /* random; half of it goes out */
    uint32_t case_bits;     /* of the letters in the question */
    uint32_t ttl;           /* least of the aliases followed */
    struct dns_name *alias; /* asked for instead of the name; NULL: none */
    struct tcpip_udp_target server;
    struct tcpip_udp_port port;
    struct tcpip_timer timer;
#if TCPIP_DNS_USES_TCP
    struct tcpip_tcp_owner stream;
    struct tcpip_tcp_connection *connection;
#endif
};

#if ipconfigUSE_DNS

void tcpip_dns_init(void);

/* Ends every lookup, without addresses. */
void tcpip_dns_shutdown(void);

/* Starts; `done` may be called before this returns. */
void tcpip_dns_resolve(struct tcpip_dns_lookup *lookup);

/* `done` will not be called any more. Harmless when it was. */
void tcpip_dns_cancel(struct tcpip_dns_lookup *lookup);

/* What needs no server now: fills up to ipconfigDNS_CACHE_ADDRESSES_PER_ENTRY addresses and returns
 * their number. */
size_t tcpip_dns_known(const char *name, uint8_t family, struct tcpip_address *addresses);

/* What came from the link in a response of Multicast DNS. */
void tcpip_dns_heard(const struct dns_message *message);

/* Servers of this family are asked first; TCPIP_UNSPECIFIED: in the order of the end-points. Any
 * task writes it. */
extern uint8_t tcpip_dns_preferred;

#else

static inline void tcpip_dns_init(void)
{
}

static inline void tcpip_dns_shutdown(void)
{
}

static inline void tcpip_dns_heard(const struct dns_message *message)
{
}

#endif
