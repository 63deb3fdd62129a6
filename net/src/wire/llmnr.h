/* SPDX-License-Identifier: MIT */
/*
 * Link-local multicast name resolution (RFC 4795): DNS messages, with other meanings of three flags.
 */
#pragma once

#include "tcpip_address.h"
#include "wire/dns.h"

enum {
    LLMNR_PORT = 5355,
    LLMNR_FLAG_CONFLICT = 0x0400,  /* several hosts have the name, 2.1.1 */
    LLMNR_FLAG_TENTATIVE = 0x0100, /* not yet sure that the name is unique */
    LLMNR_TTL = 30,                /* 2.8 */
};

/* 224.0.0.252, or ff02::1:3. */
static inline struct tcpip_address tcpip_llmnr_group(uint8_t family)
{
    static const struct tcpip_address four = {.family = TCPIP_IPV4, .bytes = {224, 0, 0, 252}};
#if ipconfigUSE_IPv6
    static const struct tcpip_address six = {.family = TCPIP_IPV6,
                                             .bytes = {0xff, 0x02, [13] = 1, [15] = 3}};
    if (family == TCPIP_IPV6)
        return six;
#endif
    return four;
}
