/* SPDX-License-Identifier: MIT */
/*
 * The start of a stack with one end-point, which the application has not.
 */
#include "api/api.h"

#include "core/task.h"

static NetworkEndPoint_t only_end_point; /* of FreeRTOS_IPInit */

BaseType_t FreeRTOS_IPInit(const uint8_t address[4], const uint8_t mask[4],
                           const uint8_t gateway[4], const uint8_t dns[4], const uint8_t mac[6])
{
    if (FreeRTOS_FirstNetworkInterface() == NULL)
        tcpip_api_add_driver();
    if (FreeRTOS_FirstNetworkInterface() == NULL || tcpip_task_handle() != NULL)
        return pdFAIL;
    FreeRTOS_FillEndPoint(FreeRTOS_FirstNetworkInterface(), &only_end_point, address, mask, gateway,
                          dns, mac);
    only_end_point.bits.bWantDHCP = ipconfigUSE_DHCP;
    return FreeRTOS_IPInit_Multi();
}
