/* SPDX-License-Identifier: MIT */
/*
 * Claiming an address: the link is asked a few times whether anybody has it, and when nobody has
 * spoken up by the end it is free (RFC 5227 2.1 for IPv4, RFC 4862 5.4 for IPv6). How one asks is
 * the family's. Only the stack's task.
 */
#pragma once

#include <stdbool.h>

#include "core/address.h"
#include "tcpip_end_point.h"

#define TCPIP_CLAIMS                                                                               \
    (ipconfigUSE_IPv6 || ipconfigARP_USE_CLASH_DETECTION || ipconfigDHCP_FALL_BACK_AUTO_IP ||      \
     (ipconfigUSE_DHCP && ipconfigDHCP_CHECK_ADDRESS))

/* Milliseconds; the random parts are added, from 0 up to them. */
struct tcpip_claim_pace {
    uint16_t delay_random; /* before the first question */
    uint8_t questions;
    uint16_t interval;
    uint16_t interval_random;
    uint16_t wait; /* after the last question */
};

/* Begins to claim claim->address; a claim of the same struct that is under way has ended. `done` is
 * called once, unless the claim is ended before, and not before this returns. */
void tcpip_claim_begin(struct tcpip_claim *claim, struct tcpip_interface *interface,
                       const struct tcpip_address *address, const struct tcpip_claim_pace *pace,
                       void (*done)(struct tcpip_claim *claim, bool is_free));

/* Puts a claim that has just begun off for up to a minute. */
void tcpip_claim_later(struct tcpip_claim *claim);

#if TCPIP_CLAIMS

/* Harmless when it has ended. */
void tcpip_claim_end(struct tcpip_claim *claim);

/* Somebody on the link has this address, or claims it too. True: so did we. */
bool tcpip_claim_heard(const struct tcpip_interface *interface,
                       const struct tcpip_address *address);

#else

static inline void tcpip_claim_end(struct tcpip_claim *claim)
{
}

static inline bool tcpip_claim_heard(const struct tcpip_interface *interface,
                                     const struct tcpip_address *address)
{
    return false;
}

#endif
