/* SPDX-License-Identifier: MIT */
/*
 * IP passes on what is sent to any group (RFC 1112 6.2); only a device that filters has to be told.
 */
#include "client/group.h"

#include "client/names.h"
#include "netif.h"

bool (*tcpip_names_hook)(struct tcpip_end_point *end_point, const char *name);

void tcpip_names_join(struct tcpip_interface *interface, const struct tcpip_address *group)
{
    const struct netif_filter all = {.all_multicast = true};
    struct netif *netif = interface->netif;

    if (netif->driver->set_filter != NULL)
        (void)netif->driver->set_filter(netif, &all); /* false: it filters nothing */
}

bool tcpip_names_on_link(const struct tcpip_interface *interface,
                         const struct tcpip_address *address)
{
    const struct tcpip_end_point *end_point = interface->end_points;

    while (end_point != NULL && (end_point->state != TCPIP_END_POINT_UP ||
                                 !tcpip_address_same_prefix(address, &end_point->active.address,
                                                            end_point->active.prefix)))
        end_point = end_point->next;
    return end_point != NULL;
}
