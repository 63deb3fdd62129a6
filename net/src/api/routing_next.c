/* SPDX-License-Identifier: MIT */
#include "api/api.h"

NetworkInterface_t *FreeRTOS_FirstNetworkInterface(void)
{
    return tcpip_api_interfaces.first;
}

NetworkInterface_t *FreeRTOS_NextNetworkInterface(const NetworkInterface_t *interface)
{
    return interface != NULL ? interface->pxNext : NULL;
}
