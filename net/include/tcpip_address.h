/* SPDX-License-Identifier: MIT */
/*
 * An address of any family. IPv4 uses the first four bytes, in network order; the others are zero,
 * so that two addresses are equal when their families and bytes are.
 *
 * An address that means something on one link only (fe80::/10, ff02::/16) can say on which by the
 * number of the interface, counted from 1; 0 leaves it open. It takes no part in comparisons.
 */
#pragma once

#include <stdint.h>

enum tcpip_family {
    TCPIP_UNSPECIFIED = 0,
    TCPIP_IPV4 = 4,
    TCPIP_IPV6 = 6,
};

struct tcpip_address {
    uint8_t family; /* of enum tcpip_family */
    uint8_t zone;
    uint8_t bytes[16];
};
