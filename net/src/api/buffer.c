/* SPDX-License-Identifier: MIT */
/*
 * Buffers of datagrams that the application fills or reads itself.
 */
#include "FreeRTOS_IP.h"

#include "core/frame.h"

void *FreeRTOS_GetUDPPayloadBuffer_Multi(size_t size, TickType_t ticks_to_wait, uint8_t ip_type)
{
    return ip_type == ipTYPE_IPv4 || (ipconfigUSE_IPv6 && ip_type == ipTYPE_IPv6)
               ? FreeRTOS_GetUDPPayloadBuffer(size, ticks_to_wait)
               : NULL;
}

void FreeRTOS_ReleaseUDPPayloadBuffer(void const *buffer)
{
    struct netif_frame *frame = tcpip_frame_of(buffer);

    if (frame != NULL)
        tcpip_frame_release(frame);
}
