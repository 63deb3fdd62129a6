/* SPDX-License-Identifier: MIT */
/*
 * IPv6 addresses as text: RFC 4291 2.2 is read, RFC 5952 written. Any context.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "FreeRTOSIPConfigDefaults.h"

#include "core/text4.h"

enum { TCPIP_IPV6_TEXT_SIZE = 40 }; /* the longest text that is written, with its final zero */

#if ipconfigUSE_IPv6

/* 16 bytes in network order. False: not an address, `address` is unspecified. */
/*@ requires tcpip_is_text_beyond(text, 0) && \valid(address + (0 .. 15));
    requires \separated(address + (0 .. 15), text + (0 ..));
    assigns address[0 .. 15]; */
bool tcpip_ipv6_from_text(const char *text, uint8_t address[16]);

/* Returns the length without the final zero. */
size_t tcpip_ipv6_to_text(const uint8_t address[16], char text[TCPIP_IPV6_TEXT_SIZE]);

#else

static inline bool tcpip_ipv6_from_text(const char *text, uint8_t address[16])
{
    return false;
}

static inline size_t tcpip_ipv6_to_text(const uint8_t address[16], char text[TCPIP_IPV6_TEXT_SIZE])
{
    text[0] = '\0';
    return 0;
}

#endif
