/* SPDX-License-Identifier: MIT */
/*
 * Whether somebody has a port of UDP.
 */
#include "socket/socket.h"

#include "udp/udp.h"

static bool look_for_port(struct tcpip_call *call)
{
    call->result = tcpip_udp_find(*(const uint16_t *)call->object) != NULL;
    return true;
}

BaseType_t xPortHasUDPSocket(uint16_t port)
{
    uint16_t number = FreeRTOS_ntohs(port);
    struct tcpip_call call;

    return tcpip_call(&call, look_for_port, &number, NULL, 0) != 0 ? pdTRUE : pdFALSE;
}
