/* SPDX-License-Identifier: MIT */
/*
 * Groups are read one after the other; a double colon remembers where it stood, and in the end the
 * groups behind it move to the back.
 */
#include "core/text6.h"

#include <string.h>

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

/* Four decimal numbers to the end, none with a leading zero. */
static bool read_dotted(const char *text, uint8_t *bytes)
{
    for (int i = 0; i < 4; i++) {
        unsigned value = 0;
        int digits = 0;

        if (i > 0 && *text++ != '.')
            return false;
        for (; digits < 3 && *text >= '0' && *text <= '9'; digits++)
            value = value * 10u + (unsigned)(*text++ - '0');
        if (digits == 0 || value > 255u || (digits > 1 && text[-digits] == '0'))
            return false;
        bytes[i] = (uint8_t)value;
    }
    return *text == '\0';
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
            if (!read_dotted(text, address + at))
                return false;
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

static bool is_zero(const uint8_t *group)
{
    return group[0] == 0 && group[1] == 0;
}

static size_t zeros_from(const uint8_t address[16], size_t at)
{
    size_t end = at;

    while (end < SIZE && is_zero(address + end))
        end += GROUP;
    return end - at;
}

static char *write_group(char *text, const uint8_t *group)
{
    unsigned value = group[0] * 256u + group[1];
    bool started = false;

    for (unsigned unit = 0x1000; unit > 0; unit /= 16u) {
        unsigned digit = value / unit % 16u;

        started = started || digit != 0 || unit == 1;
        if (started)
            *text++ = "0123456789abcdef"[digit];
    }
    return text;
}

size_t tcpip_ipv6_to_text(const uint8_t address[16], char text[TCPIP_IPV6_TEXT_SIZE])
{
    size_t gap = SIZE;
    size_t gap_size = GROUP; /* RFC 5952 4.2.2: one group alone is not shortened */
    char *end = text;

    for (size_t at = 0; at < SIZE; at += GROUP) {
        if (zeros_from(address, at) > gap_size) {
            gap = at;
            gap_size = zeros_from(address, at);
        }
    }
    for (size_t at = 0; at < SIZE;) {
        if (at == gap) {
            *end++ = ':';
            at += gap_size;
            if (at == SIZE)
                *end++ = ':';
            continue;
        }
        if (at > 0)
            *end++ = ':';
        end = write_group(end, address + at);
        at += GROUP;
    }
    *end = '\0';
    return (size_t)(end - text);
}

#endif
