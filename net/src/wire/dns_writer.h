/* SPDX-License-Identifier: MIT */
/*
 * Writes a DNS message of several questions and records, its names compressed. What does not fit is
 * left out whole: the message is sound after every call that has returned.
 */
#pragma once

#include "wire/dns.h"

enum { DNS_LABELS_REMEMBERED = 24 };

struct dns_writer {
    uint8_t *bytes;
    size_t size;
    size_t at;
    size_t start; /* of the question or record being written */
    size_t data;  /* of the record being written */
    bool full;    /* it does not fit */
    bool plain;   /* names within records are not compressed */
    uint8_t label_count;
    uint16_t labels[DNS_LABELS_REMEMBERED]; /* where labels begin that a pointer can lead to */
};

/* Begins with a header without questions and records; `size` is at least DNS_HEADER_SIZE. */
void tcpip_dns_write_header(struct dns_writer *writer, void *bytes, size_t size, uint16_t id,
                            uint16_t flags);

/* False: no room. Questions come before all records. */
bool tcpip_dns_write_question(struct dns_writer *writer, const struct dns_name *name, uint16_t type,
                              uint16_t class);

/* A record: what it says of itself, then its data in any number of pieces, then its end. False: no
 * room. Sections follow each other in their order. */
void tcpip_dns_open_record(struct dns_writer *writer, const struct dns_name *owner, uint16_t type,
                           uint16_t class, uint32_t ttl);
void tcpip_dns_put_bytes(struct dns_writer *writer, const void *bytes, size_t size);
void tcpip_dns_put_name(struct dns_writer *writer, const struct dns_name *name);
bool tcpip_dns_close_record(struct dns_writer *writer, enum dns_section section);
