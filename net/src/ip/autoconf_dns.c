/* SPDX-License-Identifier: MIT */
/*
 * What goes with an address: DHCPv6, and the DNS servers that routers name (RFC 8106), each for its
 * lifetime, in one end-point of the interface.
 */
#include "ip/autoconf.h"

#include "client/dhcp6.h"
#include "core/end_point.h"
#include "core/timer.h"
#include "ip/ipv6.h"
#include "wire/nd.h"

#if ipconfigUSE_IPv6

void tcpip_autoconf_keep_dns(struct tcpip_end_point *end_point)
{
    memset(end_point->lifetimes.dns_until, 0xff, sizeof end_point->lifetimes.dns_until);
}

void tcpip_autoconf_prefer(struct tcpip_end_point *end_point, uint32_t lifetime)
{
    end_point->lifetimes.preferred_until = tcpip_autoconf_end_of(lifetime);
}

/* The one end-point of an interface that keeps the servers. */
static struct tcpip_end_point *keeper(const struct tcpip_interface *interface)
{
    struct tcpip_end_point *end_point = interface->end_points;

    while (end_point != NULL &&
           (tcpip_end_point_family(end_point) != TCPIP_IPV6 || !end_point->wants_ra))
        end_point = end_point->next;
    return end_point;
}

void tcpip_autoconf_inform(struct tcpip_interface *interface)
{
    struct tcpip_end_point *end_point = keeper(interface);

    if (end_point != NULL)
        tcpip_dhcp6_inform(end_point);
}

#if ipconfigRA_DNS

static void remove_dns(struct tcpip_end_point *end_point, size_t index)
{
    struct tcpip_configuration *active = &end_point->active;

    active->dns_count--;
    for (size_t i = index; i < active->dns_count; i++) {
        active->dns[i] = active->dns[i + 1];
        end_point->lifetimes.dns_until[i] = end_point->lifetimes.dns_until[i + 1];
    }
}

void tcpip_autoconf_drop_dns(struct tcpip_end_point *end_point)
{
    uint32_t now = tcpip_seconds();

    for (size_t i = end_point->active.dns_count; i-- > 0;)
        if (end_point->lifetimes.dns_until[i] <= now)
            remove_dns(end_point, i);
}

/* RFC 8106 5.3.1; a lifetime of 0 is over at once. */
static void keep_dns(struct tcpip_end_point *end_point, const struct tcpip_address *server,
                     uint32_t lifetime)
{
    struct tcpip_configuration *active = &end_point->active;
    size_t i = 0;

    while (i < active->dns_count && !tcpip_address_equal(&active->dns[i], server))
        i++;
    if (i == ipconfigENDPOINT_DNS_ADDRESS_COUNT || (i == active->dns_count && lifetime == 0))
        return;
    active->dns[i] = *server;
    end_point->lifetimes.dns_until[i] = tcpip_autoconf_end_of(lifetime);
    if (i == active->dns_count)
        active->dns_count++;
}

void tcpip_autoconf_dns(struct tcpip_interface *interface, const struct nd_option *option)
{
    struct tcpip_end_point *end_point = keeper(interface);
    uint32_t lifetime = tcpip_get_be32(option->bytes + 4);

    if (end_point == NULL)
        return;
    for (size_t at = 8; at < option->size; at += 16) {
        struct tcpip_address server;

        tcpip_ipv6_address(&server, interface, option->bytes + at);
        if (!tcpip_address_is_any(&server) && !tcpip_address_is_multicast(&server) &&
            tcpip_end_point_find(&server) == NULL)
            keep_dns(end_point, &server, lifetime);
    }
    tcpip_autoconf_expired(end_point);
}

#endif

#endif
