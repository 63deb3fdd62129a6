/* SPDX-License-Identifier: MIT */
/*
 * An address of IPv6 as RFC 5952 writes it.
 */
#include "core/text6.h"

#if ipconfigUSE_IPv6

enum { SIZE = 16, GROUP = 2 };

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
