/* SPDX-License-Identifier: MIT */
#include "core/text4.h"

static bool read_octet(const char **text, uint8_t *octet)
{
    unsigned value = 0;
    int digits = 0;

    while (**text >= '0' && **text <= '9' && digits < 3) {
        value = value * 10u + (unsigned)(**text - '0');
        (*text)++;
        digits++;
    }
    *octet = (uint8_t)(value % 256u);
    return digits > 0 && value < 256u && (digits == 1 || (*text)[-digits] != '0');
}

bool tcpip_ipv4_from_text(const char *text, struct tcpip_address *address)
{
    *address = (struct tcpip_address){.family = TCPIP_IPV4};
    for (size_t i = 0; i < 4; i++) {
        if (i > 0 && *text++ != '.')
            return false;
        if (!read_octet(&text, &address->bytes[i]))
            return false;
    }
    return *text == '\0';
}
