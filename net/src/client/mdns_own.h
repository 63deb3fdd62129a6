/* SPDX-License-Identifier: MIT */
/*
 * Our own names and records. A subject is what bears a unique name: number 0 is the host, the others
 * are services. What can be said about a subject is a set of bits, one for each of its records.
 */
#pragma once

#include "client/mdns.h"
#include "tcpip_mdns.h"
#include "wire/mdns.h"

enum { MDNS_SUBJECTS = 1 + ipconfigMDNS_SERVICES };

enum mdns_fact {
    MDNS_A = 1,
    MDNS_AAAA = 2,
    MDNS_SRV = 4,
    MDNS_TXT = 8,
    MDNS_PTR = 16,       /* the type has this instance */
    MDNS_SUBTYPE = 32,   /* and so has the subtype */
    MDNS_META = 64,      /* there is this type */
    MDNS_NOT_MORE = 128, /* the name has no other records (NSEC), 6.1 */
    MDNS_FACTS = 8,
    MDNS_HOST_FACTS = MDNS_A | MDNS_AAAA,
    MDNS_SERVICE_UNIQUE = MDNS_SRV | MDNS_TXT,
    MDNS_SHARED = MDNS_PTR | MDNS_SUBTYPE | MDNS_META,
};

struct mdns_set {
    uint8_t facts[MDNS_SUBJECTS];
};

/* In which sense records are written. */
enum mdns_sense {
    MDNS_ANSWER,
    MDNS_LEGACY,   /* to who knows nothing of unique records and of long lives, 6.7 */
    MDNS_PROPOSAL, /* in a probe, 8.1 */
    MDNS_GOODBYE,  /* 10.1 */
};

enum mdns_phase {
    MDNS_IDLE,
    MDNS_PROBING,
    MDNS_ANNOUNCING, /* the name is ours from here on */
    MDNS_HELD,
};

/* Sets or clears (NULL) the host's name, adds or takes a service. */
void tcpip_mdns_own_host(const char *label);
bool tcpip_mdns_own_service(struct tcpip_mdns_service *service);
void tcpip_mdns_disown(size_t subject);
size_t tcpip_mdns_subject_of(const struct tcpip_mdns_service *service); /* 0: none */
struct tcpip_mdns_service *tcpip_mdns_service_at(size_t subject);       /* NULL: none */

/* Whether the text is the host's name. */
bool tcpip_mdns_owns(const char *text);

/* How far the name is ours; NULL: there is no such subject. */
struct tcpip_mdns_claim *tcpip_mdns_claim_of(size_t subject);

/* The first label of the subject's name, with its number, as text; returns its length. */
size_t tcpip_mdns_label(size_t subject, char label[TCPIP_MDNS_LABEL_SIZE]);

/* The subject's unique name. False: too long. */
bool tcpip_mdns_name_of(size_t subject, struct dns_name *name);

/* All that there is to say about a subject; with which of it is shared with other hosts left out or
 * not. */
uint8_t tcpip_mdns_facts_of(size_t subject);

bool tcpip_mdns_is_empty(const struct mdns_set *set);

/* Adds what a question asks for, of names that are ours. */
void tcpip_mdns_match(const struct dns_message *message, const struct dns_record *question,
                      const struct tcpip_interface *interface, struct mdns_set *set);

/* Adds what goes with a set, 12 of RFC 6763 and 6.1, to another. */
void tcpip_mdns_add_related(const struct mdns_set *set, const struct tcpip_interface *interface,
                            struct mdns_set *related);

/* Takes away what a querier knows already, 7.1. */
void tcpip_mdns_suppress(const struct dns_message *message, const struct dns_record *known,
                         const struct tcpip_interface *interface, struct mdns_set *set);

/* What a record of somebody else does to a subject's name: nothing, or it has the name in vain. */
bool tcpip_mdns_contradicts(const struct dns_message *message, const struct dns_record *record,
                            size_t subject);

/* Writes a probe's question for each subject in the set, 8.1. */
void tcpip_mdns_write_questions(struct dns_writer *writer, const struct mdns_set *set);

/* Writes the set, and takes out of it what has been written. False: not all of it had room. */
bool tcpip_mdns_write(struct dns_writer *writer, const struct tcpip_interface *interface,
                      struct mdns_set *set, enum dns_section section, enum mdns_sense sense);

/* The seconds that a record of the fact lives. */
uint32_t tcpip_mdns_ttl_of(enum mdns_fact fact);
