/* SPDX-License-Identifier: MIT */
#include "FreeRTOS_IP.h"

#include "core/frame.h"
#include "udp/udp.h"

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
