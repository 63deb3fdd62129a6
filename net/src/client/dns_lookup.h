/* SPDX-License-Identifier: MIT */
/*
 * Between the files of the resolver.
 */
#pragma once

#include "client/dns.h"
#include "wire/dns_answer.h"

/* All that are open. */
extern struct tcpip_dns_lookup *tcpip_dns_lookups;

/* Ends one: it is no longer the client's, and is told. */
void tcpip_dns_finish(struct tcpip_dns_lookup *lookup, const struct tcpip_address *addresses,
                      size_t count);

/* The same: whether there are addresses is not known. */
void tcpip_dns_give_up(struct tcpip_dns_lookup *lookup);

/* A question while it is written or its answer is read, and a name while it is put together: one at a
 * time. Whoever lets others run, by `done` above all, finds something else in it. */
extern struct dns_question tcpip_dns_asked;

/* Fills it with the question that is open. False: the name is none. */
bool tcpip_dns_recall(const struct tcpip_dns_lookup *lookup);

/* Puts just the name in its form into it. */
bool tcpip_dns_recall_name(const struct tcpip_dns_lookup *lookup);

/* An address as text, of either family. No server is asked for it, whichever family is wanted. */
bool tcpip_dns_is_number(const char *name, struct tcpip_address *address);

/* What stands in no cache. */
bool tcpip_dns_is_fixed(const char *name, uint8_t family, struct tcpip_address *address);

/* Takes a message of the server. False: it does not answer the question. Else the lookup has gone on
 * or has ended. */
bool tcpip_dns_take(struct tcpip_dns_lookup *lookup, const struct dns_message *message,
                    bool over_udp);

/* What was found on the link: remembered for `ttl` seconds. Ends the lookup. */
void tcpip_dns_found(struct tcpip_dns_lookup *lookup, const struct tcpip_address *addresses,
                     size_t count, uint32_t ttl);

/* The server cannot tell: perhaps another can, later the same. */
void tcpip_dns_server_failed(struct tcpip_dns_lookup *lookup);

/* RFC 7766: the same question over TCP. False: not possible. */
#if TCPIP_DNS_USES_TCP
bool tcpip_dns_stream_ask(struct tcpip_dns_lookup *lookup);
void tcpip_dns_stream_close(struct tcpip_dns_lookup *lookup);
#else
static inline bool tcpip_dns_stream_ask(struct tcpip_dns_lookup *lookup)
{
    return false;
}

static inline void tcpip_dns_stream_close(struct tcpip_dns_lookup *lookup)
{
}
#endif
