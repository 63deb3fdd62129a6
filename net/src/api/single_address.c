/* SPDX-License-Identifier: MIT */
/*
 * The configuration of the only end-point, value by value, with the functions of the generation that
 * had one interface.
 */
#include "FreeRTOS_IP.h"

#if ipconfigIPv4_BACKWARD_COMPATIBLE

uint32_t FreeRTOS_GetIPAddress(void)
{
    uint32_t address = 0;

    FreeRTOS_GetAddressConfiguration(&address, NULL, NULL, NULL);
    return address;
}

uint32_t FreeRTOS_GetNetmask(void)
{
    uint32_t mask = 0;

    FreeRTOS_GetAddressConfiguration(NULL, &mask, NULL, NULL);
    return mask;
}

uint32_t FreeRTOS_GetGatewayAddress(void)
{
    uint32_t gateway = 0;

    FreeRTOS_GetAddressConfiguration(NULL, NULL, &gateway, NULL);
    return gateway;
}

uint32_t FreeRTOS_GetDNSServerAddress(void)
{
    uint32_t dns = 0;

    FreeRTOS_GetAddressConfiguration(NULL, NULL, NULL, &dns);
    return dns;
}

void FreeRTOS_SetIPAddress(uint32_t address)
{
    FreeRTOS_SetAddressConfiguration(&address, NULL, NULL, NULL);
}

void FreeRTOS_SetNetmask(uint32_t mask)
{
    FreeRTOS_SetAddressConfiguration(NULL, &mask, NULL, NULL);
}

void FreeRTOS_SetGatewayAddress(uint32_t gateway)
{
    FreeRTOS_SetAddressConfiguration(NULL, NULL, &gateway, NULL);
}

#endif
