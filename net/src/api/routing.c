/* SPDX-License-Identifier: MIT */
/*
 * The end-points in their order. They are added before the stack runs.
 */
#include "api/api.h"

/* Of this interface and those behind it. */
static NetworkEndPoint_t *first_from(const NetworkInterface_t *interface)
{
    while (interface != NULL && interface->pxEndPoint == NULL)
        interface = interface->pxNext;
    return interface != NULL ? interface->pxEndPoint : NULL;
}

NetworkEndPoint_t *FreeRTOS_FirstEndPoint(const NetworkInterface_t *interface)
{
    return interface != NULL ? interface->pxEndPoint : first_from(tcpip_api_interfaces.first);
}

NetworkEndPoint_t *FreeRTOS_NextEndPoint(const NetworkInterface_t *interface,
                                         NetworkEndPoint_t *end_point)
{
    if (end_point == NULL)
        return FreeRTOS_FirstEndPoint(interface);
    if (end_point->pxNext != NULL || interface != NULL)
        return end_point->pxNext;
    return first_from(end_point->pxNetworkInterface->pxNext);
}
