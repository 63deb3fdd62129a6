/* SPDX-License-Identifier: MIT */
#include "core/text4.h"

enum { DIGITS = 3 };

/* Returns where the number ends, 0 if there is none. */
/*@ requires at <= 80 && tcpip_is_text_beyond(text, at);
    requires \valid(octet) && \separated(octet, text + (0 ..));
    assigns *octet;
    ensures \result <= at + DIGITS && tcpip_is_text_beyond(text, \result); */
static size_t read_octet(const char *text, size_t at, uint8_t *octet)
{
    size_t start = at;
    unsigned value = 0;

    /*@ loop invariant start <= at <= start + DIGITS && tcpip_is_text_beyond(text, at);
        loop invariant value <= (at == start ? 0 : at == start + 1 ? 9 : at == start + 2 ? 99 : 999);
        loop assigns value, at;
        loop variant start + DIGITS - at; */
    while (text[at] >= '0' && text[at] <= '9' && at < start + DIGITS) {
        value = value * 10u + (unsigned)(text[at] - '0');
        at++;
    }
    *octet = (uint8_t)(value % 256u);
    return value < 256u && at > start && (at == start + 1 || text[start] != '0') ? at : 0;
}

bool tcpip_ipv4_from_text_at(const char *text, size_t at, struct tcpip_address *address)
{
    *address = (struct tcpip_address){.family = TCPIP_IPV4};
    /*@ loop invariant 0 <= i <= 4 && at <= \at(at, Pre) + 4 * i && tcpip_is_text_beyond(text, at);
        loop assigns i, at, *address;
        loop variant 4 - i; */
    for (size_t i = 0; i < 4; i++) {
        if (i > 0 && text[at++] != '.')
            return false;
        at = read_octet(text, at, &address->bytes[i]);
        if (at == 0)
            return false;
    }
    return text[at] == '\0';
}

bool tcpip_ipv4_from_text(const char *text, struct tcpip_address *address)
{
    return tcpip_ipv4_from_text_at(text, 0, address);
}
