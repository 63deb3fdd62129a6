/* SPDX-License-Identifier: MIT */
/*
 * Whether somebody has a port of UDP.
 */
#include "socket/socket.h"

#include "udp/udp.h"

static int32_t look_for_port(void *number, struct tcpip_call *call)
{
    return tcpip_udp_find(*(const uint16_t *)number) != NULL;
}

BaseType_t xPortHasUDPSocket(uint16_t port)
{
    uint16_t number = FreeRTOS_ntohs(port);
    struct tcpip_call call;

    return tcpip_call(&call, look_for_port, &number, NULL, 0) != 0 ? pdTRUE : pdFALSE;
}
