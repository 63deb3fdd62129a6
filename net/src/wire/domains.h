/* SPDX-License-Identifier: MIT */
/*
 * The domains that a network says names are to be searched in: DHCP (RFC 2132 3.17, RFC 3397), DHCPv6
 * (RFC 3646 4) and routers (RFC 8106 5.2) name them as lists of names like those of DNS.
 */
#pragma once

#include "wire/dns.h"

enum { DOMAINS_LIST_MOST = 255 }; /* bytes of a list that are looked at */

/* Of a DHCP message: its search list, put together from all its pieces (RFC 3396), or else the one
 * domain that it names, as such a list. Returns its size, at most `room`: what goes beyond is left out.
 * 0: there is none. */
/*@ requires tcpip_readable(bytes, size) && tcpip_writable(list, room);
    requires \separated(bytes + (0 .. size - 1), list + (0 .. room - 1));
    assigns list[0 .. room - 1];
    ensures \result <= room; */
size_t tcpip_domains_of_dhcp(const uint8_t *bytes, size_t size, uint8_t *list, size_t room);

/* Of a DHCPv6 message: the list lies in it. No bytes: there is none. */
/*@ requires tcpip_readable(bytes, size);
    assigns \nothing;
    ensures tcpip_readable(\result.at, \result.left); */
struct tcpip_reader tcpip_domains_of_dhcp6(const uint8_t *bytes, size_t size);

/* The next name of a list from `offset` on, which moves behind it; as text without a dot at its end,
 * empty where the name is padding, or does not go into `room`, or has bytes that text cannot have.
 * False: the list is at its end, or is malformed from here on. */
/*@ requires tcpip_dns_can_read(list) && \valid(offset) && \valid(text + (0 .. room - 1));
    requires \separated(offset, list, list->bytes + (0 .. list->size - 1));
    requires \separated(text + (0 .. room - 1), list, list->bytes + (0 .. list->size - 1), offset);
    assigns *offset, text[0 .. room - 1];
    ensures \result ==> \old(*offset) < *offset <= list->size;
    ensures \result && room > 0 ==> \exists integer end; 0 <= end < room && text[end] == 0; */
bool tcpip_domains_next(const struct dns_message *list, size_t *offset, char *text, size_t room);
