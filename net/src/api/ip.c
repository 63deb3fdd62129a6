/* SPDX-License-Identifier: MIT */
/*
 * The rest of FreeRTOS_IP.h: configuration, buffers of datagrams, ping.
 */
#include "FreeRTOS_ND.h"

#include "api/api.h"

#include "FreeRTOS_Sockets.h"
#include "core/end_point.h"
#include "core/frame.h"
#include "ip/icmp.h"
#include "netif.h"
#include "socket/socket.h"
#include "udp/udp.h"

BaseType_t FreeRTOS_IsEndPointUp(const struct xNetworkEndPoint *end_point)
{
    return end_point != NULL && end_point->bits.bEndPointUp != 0 ? pdTRUE : pdFALSE;
}

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

void *FreeRTOS_GetUDPPayloadBuffer(size_t size, TickType_t ticks_to_wait)
{
    TickType_t most = ipconfigUDP_MAX_SEND_BLOCK_TIME_TICKS;
    TimeOut_t since;
    struct netif_frame *frame;

    if (ticks_to_wait > most)
        ticks_to_wait = most;
    vTaskSetTimeOutState(&since);
    while ((frame = tcpip_frame_allocate(TCPIP_UDP_HEADROOM, size)) == NULL) {
        if (xTaskCheckForTimeOut(&since, &ticks_to_wait) != pdFALSE)
            return NULL;
        vTaskDelay(1);
    }
    frame->length = (uint16_t)size;
    return frame->data;
}

UBaseType_t uxGetMinimumIPQueueSpace(void)
{
    UBaseType_t length = ipconfigEVENT_QUEUE_LENGTH, deepest = tcpip_stack_deepest();

    return deepest < length ? length - deepest : 0;
}
