/* SPDX-License-Identifier: MIT */
#include "api/api.h"
#include "FreeRTOS_IP.h"

BaseType_t FreeRTOS_AllEndPointsUp(const struct xNetworkInterface *interface)
{
    NetworkEndPoint_t *end_point = FreeRTOS_FirstEndPoint(interface);

    while (end_point != NULL && end_point->bits.bEndPointUp != 0)
        end_point = FreeRTOS_NextEndPoint(interface, end_point);
    return end_point == NULL ? pdTRUE : pdFALSE;
}

BaseType_t FreeRTOS_IsNetworkUp(void)
{
    return FreeRTOS_FirstEndPoint(NULL) != NULL ? FreeRTOS_AllEndPointsUp(NULL) : pdFALSE;
}
