/* SPDX-License-Identifier: MIT */
/*
 * Questions to any socket, and what an application keeps with it.
 */
#include "socket/socket.h"

#include "FreeRTOS_Routing.h"

BaseType_t xSocketValid(const ConstSocket_t socket)
{
    return tcpip_is_socket(socket) ? pdTRUE : pdFALSE;
}

size_t FreeRTOS_GetLocalAddress(ConstSocket_t socket, struct freertos_sockaddr *address)
{
    const NetworkEndPoint_t *first = FreeRTOS_FirstEndPoint(NULL);

    tcpip_address_to_sockaddr(&socket->local, socket->port, address);
    if (ipconfigUSE_IPv6 && socket->local.family == TCPIP_UNSPECIFIED)
        address->sin_family = FREERTOS_AF_INET6;
    else if (address->sin_address.ulIP_IPv4 == 0 && first != NULL &&
             socket->local.family != TCPIP_IPV6)
        address->sin_address.ulIP_IPv4 = first->ipv4_settings.ulIPAddress;
    return sizeof *address;
}

BaseType_t FreeRTOS_GetIPType(ConstSocket_t socket)
{
    return socket->family == TCPIP_IPV4 || !ipconfigUSE_IPv6 ? ipTYPE_IPv4 : ipTYPE_IPv6;
}

BaseType_t xSocketSetSocketID(const Socket_t socket, void *id)
{
    if (!tcpip_is_socket(socket))
        return -FREERTOS_EINVAL;
    socket->id = id;
    return 0;
}

void *pvSocketGetSocketID(const ConstSocket_t socket)
{
    return !tcpip_is_socket(socket) ? NULL : socket->id;
}
