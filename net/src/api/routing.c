/* SPDX-License-Identifier: MIT */
/*
 * The end-points in their order. They are added before the stack runs.
 */
#include "api/api.h"

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
