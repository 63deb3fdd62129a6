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

/*@ predicate tcpip_dns_can_write{L}(struct dns_writer *writer) =
        \valid(writer) && DNS_HEADER_SIZE <= writer->at <= writer->size <= 65535 &&
        writer->label_count <= DNS_LABELS_REMEMBERED &&
        tcpip_writable(writer->bytes, writer->size) &&
        \separated(writer, writer->bytes + (0 .. writer->size - 1));

    predicate tcpip_dns_is_open{L}(struct dns_writer *writer) =
        tcpip_dns_can_write(writer) && DNS_HEADER_SIZE <= writer->start <= writer->data <= writer->at &&
        (writer->full || writer->start + 10 <= writer->data);

    // Apart from what a writer writes to.
    predicate tcpip_dns_is_beside{L}(struct dns_name *name, struct dns_writer *writer) =
        \separated(name, writer, writer->bytes + (0 .. writer->size - 1)); */

/* Begins with a header without questions and records; `size` is at least DNS_HEADER_SIZE. */
/*@ requires \valid(writer) && DNS_HEADER_SIZE <= size <= 65535 && tcpip_writable(bytes, size);
    requires \separated(writer, bytes + (0 .. size - 1));
    assigns *writer, bytes[0 .. DNS_HEADER_SIZE - 1];
    ensures tcpip_dns_can_write(writer) && writer->bytes == bytes && writer->size == size;
    ensures writer->at == DNS_HEADER_SIZE; */
void tcpip_dns_write_header(struct dns_writer *writer, uint8_t *bytes, size_t size, uint16_t id,
                            uint16_t flags);

/* False: no room. Questions come before all records. */
/*@ requires tcpip_dns_can_write(writer);
    requires tcpip_dns_is_whole(name) && tcpip_dns_is_beside(name, writer);
    assigns writer->at, writer->start, writer->full, writer->label_count,
            writer->labels[0 .. DNS_LABELS_REMEMBERED - 1], writer->bytes[0 .. writer->size - 1];
    ensures tcpip_dns_can_write(writer);
    ensures \result ? writer->at > \old(writer->at) : writer->at == \old(writer->at); */
bool tcpip_dns_write_question(struct dns_writer *writer, const struct dns_name *name, uint16_t type,
                              uint16_t class);

/* A record: what it says of itself, then its data in any number of pieces, then its end. False: no
 * room. Sections follow each other in their order. */
/*@ requires tcpip_dns_can_write(writer);
    requires tcpip_dns_is_whole(owner) && tcpip_dns_is_beside(owner, writer);
    assigns writer->at, writer->start, writer->data, writer->full, writer->label_count,
            writer->labels[0 .. DNS_LABELS_REMEMBERED - 1], writer->bytes[0 .. writer->size - 1];
    ensures tcpip_dns_is_open(writer) && writer->start == \old(writer->at); */
void tcpip_dns_open_record(struct dns_writer *writer, const struct dns_name *owner, uint16_t type,
                           uint16_t class, uint32_t ttl);
/*@ requires tcpip_dns_can_write(writer) && tcpip_readable(bytes, size);
    requires \separated(bytes + (0 .. size - 1), writer, writer->bytes + (0 .. writer->size - 1));
    assigns writer->at, writer->full, writer->bytes[writer->at .. writer->size - 1];
    ensures tcpip_dns_can_write(writer);
    ensures writer->full ? writer->at == \old(writer->at) : writer->at == \old(writer->at) + size;
    ensures \old(writer->full) ==> writer->full; */
void tcpip_dns_put_bytes(struct dns_writer *writer, const uint8_t *bytes, size_t size);
/*@ requires tcpip_dns_can_write(writer);
    requires tcpip_dns_is_whole(name) && tcpip_dns_is_beside(name, writer);
    assigns writer->at, writer->full, writer->label_count,
            writer->labels[0 .. DNS_LABELS_REMEMBERED - 1], writer->bytes[0 .. writer->size - 1];
    ensures tcpip_dns_can_write(writer) && writer->at >= \old(writer->at);
    ensures \old(writer->full) ==> writer->full; */
void tcpip_dns_put_name(struct dns_writer *writer, const struct dns_name *name);
/*@ requires tcpip_dns_is_open(writer) && section < DNS_SECTIONS;
    assigns writer->at, writer->bytes[0 .. writer->size - 1];
    ensures tcpip_dns_can_write(writer);
    ensures writer->at == (\result ? \old(writer->at) : writer->start); */
bool tcpip_dns_close_record(struct dns_writer *writer, enum dns_section section);
