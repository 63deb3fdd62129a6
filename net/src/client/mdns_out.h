/* SPDX-License-Identifier: MIT */
/*
 * Between the files of Multicast DNS.
 */
#pragma once

#include "client/mdns_own.h"
#include "client/on_link.h"

/* Sends a message to a host, or to the group (NULL). */
void tcpip_mdns_send(struct names_message *message, const struct tcpip_end_point *link,
                     const struct tcpip_udp_target *to);

/* Sends a set to the group in as many messages as it takes. */
void tcpip_mdns_send_set(struct tcpip_end_point *link, const struct mdns_set *set,
                         enum mdns_sense sense);

/* At least `least`, up to `range` more. */
uint32_t tcpip_mdns_random(uint32_t least, uint32_t range);

/* --- mdns_claim.c: how a name becomes ours ------------------------------------------------------ */

/* Told of the host's name when it is ours; may be NULL. */
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
void tcpip_mdns_hear_query(struct tcpip_end_point *link, const struct tcpip_udp_target *from,
                           const struct dns_message *message, const struct dns_header *header);

/* Somebody else has told what waits here to be told, 7.4. */
void tcpip_mdns_hear_answer(const struct tcpip_end_point *link, const struct dns_message *message,
                            const struct dns_record *record);

/* Notes that a set has been sent to everybody on a link. */
void tcpip_mdns_note_sent(const struct tcpip_end_point *link, const struct mdns_set *set);

/* --- mdns_browse.c ------------------------------------------------------------------------------ */

void tcpip_mdns_browse_init(void);
void tcpip_mdns_browse_stop(void);
void tcpip_mdns_browse_again(void); /* a link came up */
void tcpip_mdns_hear_record(const struct dns_message *message, const struct dns_record *record);

/* Somebody else asks everybody, and knows nothing yet, 7.3. */
void tcpip_mdns_hear_question(const struct dns_message *message, const struct dns_record *question);
