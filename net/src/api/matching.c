/* SPDX-License-Identifier: MIT */
/*
 * Which end-point a received frame is for. Reads the public mirror, so that a driver may ask from
 * anywhere.
 */
#include "FreeRTOS_Routing.h"
#include "wire/arp.h"
#include "wire/ethernet.h"
#include "wire/ipv4.h"

enum { IPV4_DESTINATION = 16, ARP_TARGET = 24 };

static NetworkEndPoint_t *with_address(NetworkEndPoint_t *end_point, const uint8_t bytes[4])
{
    uint32_t address;

    memcpy(&address, bytes, sizeof address);
    while (end_point != NULL && end_point->ipv4_settings.ulIPAddress != address)
        end_point = end_point->pxNext;
    return end_point;
}

static bool is_for(const NetworkInterface_t *interface, const uint8_t *destination)
{
    return ethernet_is_group(destination) ||
           ethernet_equal(destination, interface->core.netif->mac);
}

NetworkEndPoint_t *FreeRTOS_MatchingEndpoint(const NetworkInterface_t *interface,
                                             const uint8_t *ethernet_buffer)
{
    NetworkEndPoint_t *found = NULL;
    uint16_t type;

    if (interface == NULL || interface->core.netif == NULL || ethernet_buffer == NULL ||
        !is_for(interface, ethernet_buffer))
        return NULL;
    type = tcpip_get_be16(ethernet_buffer + 2 * NETIF_MAC_SIZE);
    if (type == ETHERNET_IPV4)
        found = with_address(interface->pxEndPoint,
                             ethernet_buffer + NETIF_HEADER_SIZE + IPV4_DESTINATION);
    else if (type == ETHERNET_ARP)
        found = with_address(interface->pxEndPoint,
                             ethernet_buffer + NETIF_HEADER_SIZE + ARP_TARGET);
    return found != NULL ? found : interface->pxEndPoint;
}
