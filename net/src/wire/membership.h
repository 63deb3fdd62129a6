/* SPDX-License-Identifier: MIT */
/*
 * Messages about groups: IGMPv2 and v3 (RFC 2236, RFC 3376), MLDv1 and v2 (RFC 2710, RFC 3810), as one
 * since they differ in the size of an address. Of the newer versions a host without source filters needs
 * one record a report (RFC 5790).
 */
#pragma once

#include "tcpip_address.h"
#include "wire/bytes.h"

enum {
    IGMP_QUERY = 0x11,
    IGMP_REPORT = 0x16, /* v2 */
    IGMP_LEAVE = 0x17,
    IGMP_REPORT_V3 = 0x22,
    MLD_QUERY = 130,
    MLD_REPORT = 131, /* v1 */
    MLD_DONE = 132,
    MLD_REPORT_V2 = 143,
    MEMBERSHIP_REPORT_MOST = 28, /* bytes of any of them */
};

/* What a report says; the numbers are the newer versions' types of record. */
enum membership_kind {
    MEMBERSHIP_MEMBER = 2, /* all sources but none: is … */
    MEMBERSHIP_LEFT = 3,   /* no source: changes to … */
    MEMBERSHIP_JOINED = 4, /* all sources but none: changes to … */
};

enum membership_type { MEMBERSHIP_NONE, MEMBERSHIP_QUERY, MEMBERSHIP_REPORT };

struct membership_message {
    struct tcpip_address group; /* with a query unspecified: every group */
    uint32_t most_ms;           /* within which to answer a query */
    bool newest;                /* a query of IGMPv3, MLDv2 */
};

/* A query, or a report of an older version (MLD_REPORT, IGMP_REPORT). MEMBERSHIP_NONE: cut off, or
 * something else. `family` says which protocol it is. */
/*@ requires tcpip_readable(bytes, size) && \valid(message);
    requires \separated(message, bytes + (0 .. size - 1));
    assigns *message;
    ensures \result != MEMBERSHIP_NONE ==> size >= 8 && message->group.family == family; */
enum membership_type tcpip_membership_parse(const uint8_t *bytes, size_t size, uint8_t family,
                                            struct membership_message *message);

/* Writes a report, its checksum as zero, into MEMBERSHIP_REPORT_MOST bytes. Returns its size. */
/*@ requires tcpip_writable(bytes, MEMBERSHIP_REPORT_MOST) && \valid_read(group);
    requires \separated(group, bytes + (0 .. MEMBERSHIP_REPORT_MOST - 1));
    assigns bytes[0 .. MEMBERSHIP_REPORT_MOST - 1];
    ensures 8 <= \result <= MEMBERSHIP_REPORT_MOST; */
size_t tcpip_membership_build(uint8_t *bytes, const struct tcpip_address *group,
                              enum membership_kind kind, bool newest);
