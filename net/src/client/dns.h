/* SPDX-License-Identifier: MIT */
/*
 * The DNS client: resolves a name by the static table, the cache, or the servers of the end-points,
 * in that order. Only the stack's task.
 *
 * Each question has an id and a source port of its own, both random, and an answer must match
 * both, the server asked, and the question (RFC 5452 9.1).
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/timer.h"
#include "udp/udp.h"

/* A name being looked up; belongs to who asks, until `done` or tcpip_dns_cancel. */
struct tcpip_dns_lookup {
    struct tcpip_dns_lookup *next;
    const char *name; /* stays valid as long */
    uint8_t family;   /* which addresses are wanted */

    /* Called once. No addresses: there are none, or no server answered. They are valid during the
     * call; the lookup is no longer the client's. */
    void (*done)(struct tcpip_dns_lookup *lookup, const struct tcpip_address *addresses,
                 size_t count);

    /* The client's. */
    struct tcpip_udp_port port;
    struct tcpip_timer timer;
    struct tcpip_udp_target server;
    uint16_t id;
    uint16_t tries;
};

#if ipconfigUSE_DNS

void tcpip_dns_init(void);

/* Ends every lookup, without addresses. */
void tcpip_dns_shutdown(void);

/* Starts; `done` may be called before this returns. */
void tcpip_dns_resolve(struct tcpip_dns_lookup *lookup);

/* `done` will not be called any more. Harmless when it was. */
void tcpip_dns_cancel(struct tcpip_dns_lookup *lookup);

#else

static inline void tcpip_dns_init(void)
{
}

static inline void tcpip_dns_shutdown(void)
{
}

#endif
