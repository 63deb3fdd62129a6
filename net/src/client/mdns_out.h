/* SPDX-License-Identifier: MIT */
/*
 * Between the files of Multicast DNS. Its parts, the responder and the browser, are there once they
 * were used: an application that uses neither links neither.
 */
#pragma once

#include "client/mdns_own.h"
#include "client/on_link.h"

/* A query that came in. */
struct mdns_query {
    struct tcpip_end_point *link;
    const struct tcpip_udp_target *from;
    const struct dns_message *message;
    const struct dns_header *header;
    bool legacy; /* from who does not speak Multicast DNS, 6.7 */
};

struct mdns_part {
    struct mdns_part *next;
    void (*end_point_changed)(struct tcpip_end_point *link, enum tcpip_end_point_event event);
    void (*hear_query)(const struct mdns_query *query);

    /* A sound record of a response. */
    void (*hear_record)(const struct tcpip_end_point *link, const struct dns_message *message,
                        const struct dns_record *record);
    bool (*owns)(const char *host); /* may be NULL */
    void (*stop)(void);
};

/* From now until the stack ends `part` is told of everything. True: it was not yet. */
bool tcpip_mdns_use(struct mdns_part *part);

/* Sends a message to a host, or to the group (NULL). */
void tcpip_mdns_send(struct names_message *message, const struct tcpip_end_point *link,
                     const struct tcpip_udp_target *to);

/* Begins the answer to one alone. */
void tcpip_mdns_begin_reply(const struct mdns_query *query, const struct dns_record *question,
                            struct names_message *message);

/* At least `least`, up to `range` more. */
uint32_t tcpip_mdns_random(uint32_t least, uint32_t range);

/* --- mdns_respond.c: the responder as a whole ---------------------------------------------------- */

/* Claims the host's name; NULL: gives it and all services up, with a goodbye. `claimed` is told the
 * name that became ours, and may be NULL. */
void tcpip_mdns_claim_host(const char *label, void (*claimed)(const char *host));
bool tcpip_mdns_claim_service(struct tcpip_mdns_service *service);
void tcpip_mdns_give_up(struct tcpip_mdns_service *service);

/* Sends a set to the group in as many messages as it takes. */
void tcpip_mdns_send_set(struct tcpip_end_point *link, const struct mdns_set *set,
                         enum mdns_sense sense);

/* --- mdns_claim.c: how a name becomes ours ------------------------------------------------------ */

extern void (*tcpip_mdns_claimed)(const char *host);

/* Begins to claim one subject's name, or all, after a short random pause. */
void tcpip_mdns_claim(size_t subject);
void tcpip_mdns_claim_all(void);

/* Announces a subject that is ours again. */
void tcpip_mdns_announce(size_t subject);

/* Takes what others say and ask about our names. */
void tcpip_mdns_claim_hear_record(const struct dns_message *message,
                                  const struct dns_record *record);
void tcpip_mdns_claim_hear_probe(const struct dns_message *message, struct tcpip_end_point *link);

void tcpip_mdns_claims_init(void);
void tcpip_mdns_claims_stop(void);

/* --- mdns_answer.c ------------------------------------------------------------------------------ */

void tcpip_mdns_answers_init(void);
void tcpip_mdns_answers_stop(const struct tcpip_end_point *link); /* NULL: everywhere */
void tcpip_mdns_answer(const struct mdns_query *query);

/* Somebody else has told what waits here to be told, 7.4. */
void tcpip_mdns_hear_answer(const struct tcpip_end_point *link, const struct dns_message *message,
                            const struct dns_record *record);

/* Notes that a set has been sent to everybody on a link. */
void tcpip_mdns_note_sent(const struct tcpip_end_point *link, const struct mdns_set *set);
