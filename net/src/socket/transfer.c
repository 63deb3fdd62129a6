/* SPDX-License-Identifier: MIT */
/*
 * The calls that move data or connections: each kind of socket has its own, or none.
 */
#include "socket/socket.h"

int32_t FreeRTOS_sendto(Socket_t socket, const void *buffer, size_t size, BaseType_t flags,
                        const struct freertos_sockaddr *destination, socklen_t destination_length)
{
    if (!tcpip_is_socket(socket) || socket->operations->send_to == NULL ||
        (buffer == NULL && size > 0))
        return 0;
    return socket->operations->send_to(socket, buffer, size, flags, destination);
}

int32_t FreeRTOS_recvfrom(const ConstSocket_t socket, void *buffer, size_t size, BaseType_t flags,
                          struct freertos_sockaddr *source, const socklen_t *source_length)
{
    if (!tcpip_is_socket(socket) || socket->operations->receive_from == NULL || buffer == NULL)
        return -FREERTOS_EINVAL;
    return socket->operations->receive_from((Socket_t)(uintptr_t)socket, buffer, size, flags,
                                            source);
}

BaseType_t FreeRTOS_connect(Socket_t socket, const struct freertos_sockaddr *address,
                            socklen_t address_length)
{
    if (!tcpip_is_socket(socket) || socket->operations->connect == NULL || address == NULL)
        return -FREERTOS_EINVAL;
    return socket->operations->connect(socket, address);
}

BaseType_t FreeRTOS_listen(Socket_t socket, BaseType_t backlog)
{
    if (!tcpip_is_socket(socket) || socket->operations->listen == NULL)
        return -FREERTOS_EINVAL;
    return socket->operations->listen(socket, backlog);
}

Socket_t FreeRTOS_accept(Socket_t socket, struct freertos_sockaddr *address,
                         socklen_t *address_length)
{
    if (!tcpip_is_socket(socket) || socket->operations->accept == NULL)
        return FREERTOS_INVALID_SOCKET;
    if (address_length != NULL)
        *address_length = sizeof *address;
    return socket->operations->accept(socket, address);
}

BaseType_t FreeRTOS_send(Socket_t socket, const void *buffer, size_t size, BaseType_t flags)
{
    if (!tcpip_is_socket(socket) || socket->operations->send == NULL)
        return -FREERTOS_EINVAL;
    return socket->operations->send(socket, buffer, size, flags);
}

BaseType_t FreeRTOS_recv(Socket_t socket, void *buffer, size_t size, BaseType_t flags)
{
    if (!tcpip_is_socket(socket) || socket->operations->receive == NULL)
        return -FREERTOS_EINVAL;
    return socket->operations->receive(socket, buffer, size, flags);
}

BaseType_t FreeRTOS_shutdown(Socket_t socket, BaseType_t how)
{
    if (!tcpip_is_socket(socket) || socket->operations->shutdown == NULL)
        return -FREERTOS_EINVAL;
    return socket->operations->shutdown(socket, how);
}
