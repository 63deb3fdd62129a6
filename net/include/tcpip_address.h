/* SPDX-License-Identifier: MIT */
/*
 * An address of any family that the stack is built with. IPv4 uses the first four bytes, in network
 * order; the others are zero, so that two addresses are equal when their families and bytes are.
 *
 * An address that means something on one link only (fe80::/10, ff02::/16) can say on which by the
 * number of the interface, counted from 1; 0 leaves it open. It takes no part in comparisons.
 */
#pragma once

#include <stdalign.h>
#include <stdint.h>

#include "FreeRTOSIPConfigDefaults.h"

enum tcpip_family {
    TCPIP_UNSPECIFIED = 0,
    TCPIP_IPV4 = 4,
    TCPIP_IPV6 = 6,
};

enum { TCPIP_ADDRESS_SIZE = ipconfigUSE_IPv6 ? 16 : 4 };

struct tcpip_address {
    uint8_t family; /* of enum tcpip_family */
    uint8_t zone;
    alignas(uint32_t) uint8_t bytes[TCPIP_ADDRESS_SIZE];
};
