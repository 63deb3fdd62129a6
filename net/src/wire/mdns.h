/* SPDX-License-Identifier: MIT */
/*
 * What Multicast DNS (RFC 6762) adds to the format of DNS messages.
 */
#pragma once

#include "tcpip_address.h"
#include "wire/dns.h"

enum {
    MDNS_PORT = 5353,
    MDNS_FLAGS_RESPONSE = 0x8400, /* QR and AA, 18 */
    MDNS_UNIQUE = 0x8000,         /* in a record's class: replaces what is known, 10.2 */
    MDNS_UNICAST = 0x8000,        /* in a question's class: the answer may come to me alone, 5.4 */
    MDNS_CLASS = 0x7fff,          /* the rest of the class */
    MDNS_TTL_HOST = 120,          /* of records that bear a host's name, 10 */
    MDNS_TTL_OTHER = 4500,
    MDNS_TTL_LEGACY = 10, /* at most, to who does not speak Multicast DNS, 6.7 */
};

/*@ // Where a name begins in a record's data, by its type; -1: there is none.
    logic integer tcpip_mdns_name_at{L}(struct dns_record *record) =
        record->type == DNS_TYPE_PTR || record->type == DNS_TYPE_CNAME ? 0
        : record->type == DNS_TYPE_SRV ? 6 : -1;

    predicate tcpip_mdns_is_sound{L}(struct dns_record *record, struct dns_message *message) =
        tcpip_dns_is_inside(record, message) && tcpip_mdns_name_at(record) < record->size; */

/* 224.0.0.251, or ff02::fb. */
/*@ assigns \nothing; */
struct tcpip_address tcpip_mdns_group(uint8_t family);

/* True when the name ends in "local", 3. */
/*@ requires \valid_read(name) && name->size <= DNS_NAME_MAX;
    assigns \nothing; */
bool tcpip_mdns_is_local(const struct dns_name *name);

/* The record's data are whole, with a name in them where their type has one. */
/*@ requires tcpip_dns_can_read(message) && \valid_read(record);
    requires tcpip_dns_is_inside(record, message);
    assigns \nothing;
    ensures \result ==> tcpip_mdns_is_sound(record, message); */
bool tcpip_mdns_sound(const struct dns_message *message, const struct dns_record *record);

/* Two probes for the same name, 8.2: less than 0 when `ours` proposes what comes first in the order
 * of classes, types and data, so that theirs wins. */
/*@ requires tcpip_dns_can_read(ours) && tcpip_dns_can_read(theirs) && \valid_read(name);
    assigns \nothing; */
int tcpip_mdns_compare_probes(const struct dns_message *ours, const struct dns_message *theirs,
                              const struct dns_name *name);

/* The addresses of type A or AAAA that a response has for a name, up to `most`; returns their number
 * and sets the least time to live. */
/*@ requires tcpip_dns_can_read(message) && \valid_read(name) && \valid(ttl);
    requires \valid(addresses + (0 .. most - 1));
    requires \separated(ttl, name) && \separated(ttl, message);
    requires \separated(ttl, message->bytes + (0 .. message->size - 1));
    requires \separated(addresses + (0 .. most - 1), ttl);
    requires \separated(addresses + (0 .. most - 1), name);
    requires \separated(addresses + (0 .. most - 1), message);
    requires \separated(addresses + (0 .. most - 1), message->bytes + (0 .. message->size - 1));
    assigns *ttl, addresses[0 .. most - 1];
    ensures \result <= most; */
size_t tcpip_mdns_addresses(const struct dns_message *message, const struct dns_name *name,
                            uint8_t family, struct tcpip_address *addresses, size_t most,
                            uint32_t *ttl);

/* True when a response says that a name has no records of a type (NSEC, 6.1); sets the time to live
 * of that. */
/*@ requires tcpip_dns_can_read(message) && \valid_read(name) && \valid(ttl);
    requires \separated(ttl, name) && \separated(ttl, message);
    requires \separated(ttl, message->bytes + (0 .. message->size - 1));
    assigns *ttl; */
bool tcpip_mdns_denies(const struct dns_message *message, const struct dns_name *name,
                       uint16_t type, uint32_t *ttl);
