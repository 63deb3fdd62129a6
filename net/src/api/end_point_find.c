/* SPDX-License-Identifier: MIT */
/*
 * Looking through the end-points by the known functions. They read the public mirror, so that any
 * task may call them.
 */
#include "api/api.h"

#include "FreeRTOS_Sockets.h"
#include "netif.h"
#include "socket/socket.h"
#include "wire/ethernet.h"
#include "wire/ipv6.h"

NetworkEndPoint_t *FreeRTOS_FindEndPointOnIP_IPv4(uint32_t address)
{
    NetworkEndPoint_t *end_point = FreeRTOS_FirstEndPoint(NULL);

    while (end_point != NULL && (ENDPOINT_IS_IPv6(end_point) ||
                                 (address != 0 && end_point->ipv4_settings.ulIPAddress != address)))
        end_point = FreeRTOS_NextEndPoint(NULL, end_point);
    return end_point;
}

NetworkEndPoint_t *FreeRTOS_FindEndPointOnMAC(const MACAddress_t *mac,
                                              const NetworkInterface_t *interface)
{
    NetworkEndPoint_t *end_point = FreeRTOS_FirstEndPoint(interface);

    while (end_point != NULL) {
        const struct netif *netif = end_point->pxNetworkInterface->core.netif;

        if (memcmp(netif->mac, mac->ucBytes, sizeof mac->ucBytes) == 0)
            break;
        end_point = FreeRTOS_NextEndPoint(interface, end_point);
    }
    return end_point;
}

NetworkEndPoint_t *FreeRTOS_InterfaceEndPointOnNetMask(const NetworkInterface_t *interface,
                                                       uint32_t address)
{
    NetworkEndPoint_t *end_point = FreeRTOS_FirstEndPoint(interface);

    while (end_point != NULL) {
        const IPV4Parameters_t *settings = &end_point->ipv4_settings;

        if (ENDPOINT_IS_IPv4(end_point) &&
            ((settings->ulIPAddress ^ address) & settings->ulNetMask) == 0)
            break;
        end_point = FreeRTOS_NextEndPoint(interface, end_point);
    }
    return end_point;
}

NetworkEndPoint_t *FreeRTOS_FindEndPointOnNetMask(uint32_t address)
{
    return FreeRTOS_InterfaceEndPointOnNetMask(NULL, address);
}

static NetworkEndPoint_t *first_of(const NetworkInterface_t *interface, bool is_ipv6)
{
    NetworkEndPoint_t *end_point = FreeRTOS_FirstEndPoint(interface);

    while (end_point != NULL && ENDPOINT_IS_IPv6(end_point) != is_ipv6)
        end_point = FreeRTOS_NextEndPoint(interface, end_point);
    return end_point;
}

#if ipconfigUSE_IPv6

static struct tcpip_address address_of(const IPv6_Address_t *address)
{
    return tcpip_address_from_ipv6(address->ucBytes);
}

/* The first end-point of which at least so many bits of the address are the given ones; with -1, as many
 * as its prefix has. */
static NetworkEndPoint_t *find_ipv6(const NetworkInterface_t *interface,
                                    const IPv6_Address_t *address, int bits)
{
    NetworkEndPoint_t *end_point = FreeRTOS_FirstEndPoint(interface);
    struct tcpip_address wanted = address_of(address);

    for (; end_point != NULL; end_point = FreeRTOS_NextEndPoint(interface, end_point)) {
        const IPV6Parameters_t *settings = &end_point->ipv6_settings;
        struct tcpip_address own = address_of(&settings->xIPAddress);
        unsigned prefix = bits < 0 ? (unsigned)settings->uxPrefixLength : (unsigned)bits;

        if (ENDPOINT_IS_IPv6(end_point) && tcpip_address_same_prefix(&own, &wanted, prefix))
            break;
    }
    return end_point;
}

NetworkEndPoint_t *FreeRTOS_FindEndPointOnIP_IPv6(const IPv6_Address_t *address)
{
    return find_ipv6(NULL, address, 128);
}

NetworkEndPoint_t *FreeRTOS_InterfaceEPInSameSubnet_IPv6(const NetworkInterface_t *interface,
                                                         const IPv6_Address_t *address)
{
    return find_ipv6(interface, address, -1);
}

NetworkEndPoint_t *FreeRTOS_FindEndPointOnNetMask_IPv6(const IPv6_Address_t *address)
{
    return find_ipv6(NULL, address, -1);
}

NetworkEndPoint_t *FreeRTOS_FirstEndPoint_IPv6(const NetworkInterface_t *interface)
{
    return first_of(interface, true);
}

IPv6_Type_t xIPv6_GetIPType(const IPv6_Address_t *address)
{
    struct tcpip_address wanted = address_of(address);

    if (tcpip_address_is_multicast(&wanted))
        return eIPv6_Multicast;
    if (tcpip_address_is_loopback(&wanted))
        return eIPv6_Loopback;
    if (tcpip_address_is_link_local(&wanted))
        return eIPv6_LinkLocal;
    if (wanted.bytes[0] == 0xfeu && wanted.bytes[1] / 64u == 3u) /* RFC 3879: once used */
        return eIPv6_SiteLocal;
    return wanted.bytes[0] / 32u == 1u || wanted.bytes[0] / 2u == 0x7eu ? eIPv6_Global
                                                                        : eIPv6_Unknown;
}

#endif

/* Where in a frame the address is, by its type. */
static const uint8_t *destination_in(const uint8_t *frame, uint16_t *type)
{
    *type = tcpip_get_be16(frame + 2 * NETIF_MAC_SIZE);
    frame += NETIF_HEADER_SIZE;
    return *type == ETHERNET_IPV4   ? frame + 16
           : *type == ETHERNET_ARP  ? frame + 24
           : *type == ETHERNET_IPV6 ? frame + IPV6_DESTINATION_AT
                                    : NULL;
}

static bool is_for(const NetworkInterface_t *interface, const uint8_t *station)
{
    return ethernet_is_group(station) || ethernet_equal(station, interface->core.netif->mac);
}

NetworkEndPoint_t *FreeRTOS_MatchingEndpoint(const NetworkInterface_t *interface,
                                             const uint8_t *ethernet_frame)
{
    uint16_t type;

    if (interface == NULL || interface->core.netif == NULL || ethernet_frame == NULL ||
        !is_for(interface, ethernet_frame))
        return NULL;
    NetworkEndPoint_t *end_point = FreeRTOS_FirstEndPoint(interface);
    const uint8_t *destination = destination_in(ethernet_frame, &type);
    bool is_ipv6 = type == ETHERNET_IPV6;

    if (destination == NULL)
        return end_point;
    for (; end_point != NULL; end_point = FreeRTOS_NextEndPoint(interface, end_point)) {
        const struct tcpip_address *own = &end_point->core.active.address;

        if (own->family == (is_ipv6 ? TCPIP_IPV6 : TCPIP_IPV4) &&
            memcmp(own->bytes, destination, is_ipv6 ? 16 : 4) == 0)
            return end_point;
    }
    return first_of(interface, is_ipv6);
}

static bool has_gateway(const NetworkEndPoint_t *end_point)
{
#if ipconfigUSE_IPv6
    struct tcpip_address gateway = address_of(&end_point->ipv6_settings.xGatewayAddress);

    if (ENDPOINT_IS_IPv6(end_point))
        return !tcpip_address_is_any(&gateway) || end_point->xRAData.bits.bRouterReplied != 0;
#endif
    return end_point->ipv4_settings.ulGatewayAddress != 0;
}

NetworkEndPoint_t *FreeRTOS_FindGateWay(BaseType_t ip_type)
{
    NetworkEndPoint_t *end_point = FreeRTOS_FirstEndPoint(NULL);
    bool is_ipv6 = ip_type == (BaseType_t)ipTYPE_IPv6;

    while (end_point != NULL && (ENDPOINT_IS_IPv6(end_point) != is_ipv6 || !has_gateway(end_point)))
        end_point = FreeRTOS_NextEndPoint(NULL, end_point);
    return end_point;
}

NetworkEndPoint_t *pxGetSocketEndpoint(struct tcpip_socket const *socket)
{
    const struct tcpip_address *local = &socket->local;
    NetworkEndPoint_t *end_point = FreeRTOS_FirstEndPoint(NULL);

    if (tcpip_address_is_any(local))
        return socket->end_point != NULL ? socket->end_point->context : NULL;
    while (end_point != NULL && !tcpip_address_equal(&end_point->core.active.address, local))
        end_point = FreeRTOS_NextEndPoint(NULL, end_point);
    return end_point;
}

/* A pointer that is written whole; the stack's task reads it when it sends. */
void vSetSocketEndpoint(struct tcpip_socket *socket, NetworkEndPoint_t *end_point)
{
    if (xSocketValid(socket) == pdFALSE)
        return;
    socket->end_point = end_point != NULL ? &end_point->core : NULL;
}

const char *pcEndpointName(const NetworkEndPoint_t *end_point, char *buffer, size_t size)
{
    const char *name = NULL;

    if (end_point != NULL && ENDPOINT_IS_IPv4(end_point))
        name = FreeRTOS_inet_ntop4(&end_point->ipv4_settings.ulIPAddress, buffer, (socklen_t)size);
#if ipconfigUSE_IPv6
    if (end_point != NULL && ENDPOINT_IS_IPv6(end_point))
        name = FreeRTOS_inet_ntop6(&end_point->ipv6_settings.xIPAddress, buffer, (socklen_t)size);
#endif
    if (name == NULL && size > 0)
        buffer[0] = '\0';
    return buffer;
}
