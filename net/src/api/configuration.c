/* SPDX-License-Identifier: MIT */
/*
 * Addresses of end-points, read and changed while the stack runs.
 */
#include "FreeRTOS_IP.h"

#include "api/api.h"
#include "core/end_point.h"
#include "netif.h"
#include "socket/socket.h"

static void put(uint32_t *where, uint32_t value)
{
    if (where != NULL)
        *where = value;
}

void FreeRTOS_GetEndPointConfiguration(uint32_t *address, uint32_t *mask, uint32_t *gateway,
                                       uint32_t *dns, const struct xNetworkEndPoint *end_point)
{
    const IPV4Parameters_t *settings = &end_point->ipv4_settings;

    put(address, settings->ulIPAddress);
    put(mask, settings->ulNetMask);
    put(gateway, settings->ulGatewayAddress);
    put(dns, settings->ulDNSServerAddresses[0]);
}

void FreeRTOS_GetAddressConfiguration(uint32_t *address, uint32_t *mask, uint32_t *gateway,
                                      uint32_t *dns)
{
    const NetworkEndPoint_t *first = FreeRTOS_FirstEndPoint(NULL);

    if (first != NULL)
        FreeRTOS_GetEndPointConfiguration(address, mask, gateway, dns, first);
}

struct configure_call {
    struct tcpip_call call;
    struct tcpip_configuration configuration;
};

static int32_t configure(void *object, struct tcpip_call *call)
{
    struct configure_call *change = (struct configure_call *)call;
    struct tcpip_end_point *end_point = object;

    if (end_point->interface->link_up)
        tcpip_end_point_configure(end_point, &change->configuration);
    else
        end_point->defaults = change->configuration;
    return 0;
}

static void take(uint32_t *where, const uint32_t *value)
{
    if (value != NULL)
        *where = *value;
}

void FreeRTOS_SetEndPointConfiguration(const uint32_t *address, const uint32_t *mask,
                                       const uint32_t *gateway, const uint32_t *dns,
                                       struct xNetworkEndPoint *end_point)
{
    IPV4Parameters_t settings = end_point->ipv4_settings;
    struct configure_call change;

    take(&settings.ulIPAddress, address);
    take(&settings.ulNetMask, mask);
    take(&settings.ulGatewayAddress, gateway);
    take(&settings.ulDNSServerAddresses[0], dns);
    tcpip_api_configuration(&settings, &change.configuration);
    tcpip_call(&change.call, configure, &end_point->core, NULL, 0);
}

void FreeRTOS_SetAddressConfiguration(const uint32_t *address, const uint32_t *mask,
                                      const uint32_t *gateway, const uint32_t *dns)
{
    NetworkEndPoint_t *first = FreeRTOS_FirstEndPoint(NULL);

    if (first != NULL)
        FreeRTOS_SetEndPointConfiguration(address, mask, gateway, dns, first);
}

const uint8_t *FreeRTOS_GetMACAddress(void)
{
    const NetworkInterface_t *first = FreeRTOS_FirstNetworkInterface();

    return first != NULL ? first->core.netif->mac : NULL;
}

void FreeRTOS_UpdateMACAddress(const uint8_t mac[ipMAC_ADDRESS_LENGTH_BYTES])
{
    const NetworkInterface_t *first = FreeRTOS_FirstNetworkInterface();

    if (first != NULL)
        memcpy(first->core.netif->mac, mac, ipMAC_ADDRESS_LENGTH_BYTES);
}
