/* SPDX-License-Identifier: MIT */
/*
 * The address follows from the station and from how often one was taken, so that a device comes back
 * to the same (RFC 3927 2.1). After ten collisions there is a minute between two attempts (2.2.1).
 */
#include "client/auto_ip.h"

#if ipconfigDHCP_FALL_BACK_AUTO_IP

#include "core/claim.h"
#include "core/end_point.h"
#include "netif.h"

enum { FIRST = 0xa9fe0100, ADDRESSES = 254 * 256, PREFIX = 16, COLLISIONS_MOST = 10 };

static bool holds_one(const struct tcpip_end_point *end_point)
{
    return end_point->active.address.family == TCPIP_IPV4 &&
           tcpip_address_is_link_local(&end_point->active.address) &&
           (end_point->claim.active || end_point->state == TCPIP_END_POINT_UP);
}

static void claim_next(struct tcpip_end_point *end_point)
{
    const uint8_t *mac = end_point->interface->netif->mac;
    uint32_t mixed = (tcpip_get_be32(mac + 2) + end_point->collision) * UINT32_C(2654435761);
    struct tcpip_configuration configuration = {
        .address = tcpip_address_from_ipv4(FIRST + mixed / 0x10000u % ADDRESSES),
        .prefix = PREFIX,
    };

    tcpip_end_point_claim(end_point, &configuration);
    if (end_point->collision >= COLLISIONS_MOST)
        tcpip_claim_later(&end_point->claim);
}

void tcpip_auto_ip_start(struct tcpip_end_point *end_point)
{
    if (!holds_one(end_point))
        claim_next(end_point);
}

bool tcpip_auto_ip_collided(struct tcpip_end_point *end_point)
{
    const struct tcpip_address *address = &end_point->active.address;

    if (address->family != TCPIP_IPV4 || !tcpip_address_is_link_local(address) ||
        tcpip_address_equal(address, &end_point->defaults.address))
        return false;
    end_point->collision = end_point->collision < UINT8_MAX ? (uint8_t)(end_point->collision + 1)
                                                            : (uint8_t)COLLISIONS_MOST;
    claim_next(end_point);
    return true;
}

#endif
