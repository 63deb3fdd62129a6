/* SPDX-License-Identifier: MIT */
/*
 * Looking through the end-points by the known functions. They read the public mirror, so that any
 * task may call them.
 */
#include "api/api.h"

#include "FreeRTOS_Sockets.h"
#include "netif.h"

NetworkEndPoint_t *FreeRTOS_FirstEndPoint(const NetworkInterface_t *interface)
{
    if (interface != NULL)
        return interface->pxEndPoint;
    interface = FreeRTOS_FirstNetworkInterface();
    while (interface != NULL && interface->pxEndPoint == NULL)
        interface = interface->pxNext;
    return interface != NULL ? interface->pxEndPoint : NULL;
}

NetworkEndPoint_t *FreeRTOS_NextEndPoint(const NetworkInterface_t *interface,
                                         NetworkEndPoint_t *end_point)
{
    const NetworkInterface_t *next;

    if (end_point == NULL)
        return FreeRTOS_FirstEndPoint(interface);
    if (end_point->pxNext != NULL || interface != NULL)
        return end_point->pxNext;
    next = end_point->pxNetworkInterface->pxNext;
    while (next != NULL && next->pxEndPoint == NULL)
        next = next->pxNext;
    return next != NULL ? next->pxEndPoint : NULL;
}

NetworkEndPoint_t *FreeRTOS_FindEndPointOnIP_IPv4(uint32_t address)
{
    NetworkEndPoint_t *end_point = FreeRTOS_FirstEndPoint(NULL);

    while (end_point != NULL && address != 0 && end_point->ipv4_settings.ulIPAddress != address)
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

        if (((settings->ulIPAddress ^ address) & settings->ulNetMask) == 0)
            break;
        end_point = FreeRTOS_NextEndPoint(interface, end_point);
    }
    return end_point;
}

NetworkEndPoint_t *FreeRTOS_FindEndPointOnNetMask(uint32_t address)
{
    return FreeRTOS_InterfaceEndPointOnNetMask(NULL, address);
}

NetworkEndPoint_t *FreeRTOS_FindGateWay(BaseType_t ip_type)
{
    NetworkEndPoint_t *end_point = FreeRTOS_FirstEndPoint(NULL);

    if (ip_type != ipTYPE_IPv4)
        return NULL;
    while (end_point != NULL && end_point->ipv4_settings.ulGatewayAddress == 0)
        end_point = FreeRTOS_NextEndPoint(NULL, end_point);
    return end_point;
}

const char *pcEndpointName(const NetworkEndPoint_t *end_point, char *buffer, size_t size)
{
    if (end_point == NULL || size < 16) {
        if (size > 0)
            buffer[0] = '\0';
        return buffer;
    }
    return FreeRTOS_inet_ntoa(end_point->ipv4_settings.ulIPAddress, buffer);
}
