/* SPDX-License-Identifier: MIT */
/*
 * An address of any family. IPv4 uses the first four bytes, in network order; the others are zero,
 * so that two addresses are equal when their members are.
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
    uint8_t bytes[16];
};
