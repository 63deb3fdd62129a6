/* SPDX-License-Identifier: MIT */
#include "link/neighbour_table.h"

bool tcpip_neighbour_lookup(const struct tcpip_interface *interface,
                            const struct tcpip_address *address, uint8_t mac[NETIF_MAC_SIZE])
{
    const struct neighbour *entry = tcpip_neighbour_find(interface, address);

    if (entry == NULL || entry->state == ASKING)
        return false;
    memcpy(mac, entry->mac, NETIF_MAC_SIZE);
    return true;
}

bool tcpip_neighbour_at(size_t index, struct tcpip_address *address, uint8_t mac[NETIF_MAC_SIZE],
                        bool *known)
{
    if (index >= TCPIP_NEIGHBOURS)
        return false;
    const struct neighbour *entry = &tcpip_neighbours[index];
    *known = entry->state > ASKING;
    *address = entry->state == FREE ? (struct tcpip_address){0} : entry->address;
    memcpy(mac, entry->mac, NETIF_MAC_SIZE);
    return true;
}
