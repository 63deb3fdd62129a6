/* SPDX-License-Identifier: MIT */
/*
 * Groups are read one after the other; a double colon remembers where it stood, and in the end the
 * groups behind it move to the back.
 */
#include "core/text6.h"

#include <string.h>

#if ipconfigUSE_IPv6

enum { SIZE = 16, GROUP = 2, DIGITS = 4 };

/* -1: not a hexadecimal digit. */
/*@ assigns \nothing;
    ensures -1 <= \result <= 15 && (\result >= 0 ==> c != 0); */
static int digit_of(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* One to four digits; returns where they end, 0 if there are not so many. */
/*@ requires at <= 60 && tcpip_is_text_beyond(text, at);
    requires \valid(bytes + (0 .. 1)) && \separated(bytes + (0 .. 1), text + (0 ..));
    assigns bytes[0 .. 1];
    ensures \result <= at + DIGITS && tcpip_is_text_beyond(text, \result); */
static size_t read_group(const char *text, size_t at, uint8_t *bytes)
{
    size_t start = at;
    unsigned value = 0;
    int digit;

    /*@ loop invariant start <= at <= start + DIGITS && tcpip_is_text_beyond(text, at);
        loop invariant value <= (at == start ? 0 : at == start + 1 ? 0xf : at == start + 2 ? 0xff :
                                 at == start + 3 ? 0xfff : 0xffff);
        loop assigns at, value, digit;
        loop variant start + DIGITS - at; */
    for (; at < start + DIGITS && (digit = digit_of(text[at])) >= 0; at++)
        value = value * 16u + (unsigned)digit;
    bytes[0] = (uint8_t)(value / 256u);
    bytes[1] = (uint8_t)(value % 256u);
    return at > start && digit_of(text[at]) < 0 ? at : 0;
}

/* After as many digits as IPv4 has. */
/*@ requires at <= 60 && tcpip_is_text_beyond(text, at);
    assigns \nothing; */
static bool has_dot(const char *text, size_t at)
{
    size_t end = at + 3;

    /*@ loop invariant at <= end && tcpip_is_text_beyond(text, at);
        loop assigns at;
        loop variant end - at; */
    while (at < end && text[at] >= '0' && text[at] <= '9')
        at++;
    return text[at] == '.';
}

/* The groups behind a double colon move to the back. */
/*@ requires \valid(address + (0 .. SIZE - 1)) && gap <= at < SIZE;
    assigns address[0 .. SIZE - 1]; */
static void widen(uint8_t *address, size_t gap, size_t at)
{
    size_t behind = at - gap;

    memmove(address + SIZE - behind, address + gap, behind);
    memset(address + gap, 0, SIZE - at);
}

bool tcpip_ipv6_from_text(const char *text, uint8_t address[16])
{
    size_t from = 0, at = 0;
    size_t gap = SIZE + 1; /* where the double colon stood */
    struct tcpip_address four;

    memset(address, 0, SIZE);
    if (text[0] == ':' && text[1] != ':')
        return false;
    /*@ loop invariant at <= SIZE && at % GROUP == 0 && (gap <= at || gap == SIZE + 1);
        loop invariant from <= 3 * at + (gap <= SIZE ? 2 : 0) && tcpip_is_text_beyond(text, from);
        loop assigns from, at, gap, four, address[0 .. SIZE - 1];
        loop variant SIZE - at + (gap > SIZE ? 1 : 0); */
    while (text[from] != '\0') {
        if (text[from] == ':' && text[from + 1] == ':') {
            if (gap <= SIZE)
                return false;
            gap = at;
            from += 2;
            continue;
        }
        if (at > 0 && gap != at && text[from++] != ':')
            return false;
        if (has_dot(text, from) && at <= SIZE - 4) {
            if (!tcpip_ipv4_from_text_at(text, from, &four))
                return false;
            memcpy(address + at, four.bytes, 4);
            at += 4;
            break;
        }
        if (at == SIZE || (from = read_group(text, from, address + at)) == 0)
            return false;
        at += GROUP;
    }
    if (gap > SIZE || at == SIZE)
        return gap > SIZE && at == SIZE;
    widen(address, gap, at);
    return true;
}

#endif
