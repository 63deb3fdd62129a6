/* SPDX-License-Identifier: MIT */
/*
 * Groups are read one after the other; a double colon remembers where it stood, and in the end the
 * groups behind it move to the back.
 */
#include "core/text6.h"

#include <string.h>

#include "core/text4.h"

#if ipconfigUSE_IPv6

enum { SIZE = 16, GROUP = 2 };

/* -1: not a hexadecimal digit. */
static int digit_of(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* One to four digits. */
static bool read_group(const char **text, uint8_t *bytes)
{
    unsigned value = 0;
    int digits = 0;
    int digit;

    for (; digits < 4 && (digit = digit_of(**text)) >= 0; digits++, (*text)++)
        value = value * 16u + (unsigned)digit;
    bytes[0] = (uint8_t)(value / 256u);
    bytes[1] = (uint8_t)(value % 256u);
    return digits > 0 && digit_of(**text) < 0;
}

static bool has_dot(const char *text)
{
    while (*text >= '0' && *text <= '9')
        text++;
    return *text == '.';
}

bool tcpip_ipv6_from_text(const char *text, uint8_t address[16])
{
    size_t at = 0;
    size_t gap = SIZE + 1; /* where the double colon stood */
    struct tcpip_address four;

    memset(address, 0, SIZE);
    if (text[0] == ':' && text[1] != ':')
        return false;
    while (*text != '\0') {
        if (text[0] == ':' && text[1] == ':') {
            if (gap <= SIZE)
                return false;
            gap = at;
            text += 2;
            continue;
        }
        if (at > 0 && gap != at && *text++ != ':')
            return false;
        if (has_dot(text) && at <= SIZE - 4) {
            if (!tcpip_ipv4_from_text(text, &four))
                return false;
            memcpy(address + at, four.bytes, 4);
            at += 4;
            break;
        }
        if (at == SIZE || !read_group(&text, address + at))
            return false;
        at += GROUP;
    }
    if (gap > SIZE)
        return at == SIZE;
    memmove(address + SIZE - (at - gap), address + gap, at - gap);
    memset(address + gap, 0, SIZE - at);
    return at < SIZE;
}

#endif
