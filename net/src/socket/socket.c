/* SPDX-License-Identifier: MIT */
/*
 * What all kinds of sockets have in common: creation, binding, options, and being told of changes.
 */
#include "socket/socket.h"

#include "core/end_point.h"
#include "core/os.h"
#include "core/task.h"
#include "socket/select.h"
#include "tcpip.h"

struct tcpip_call *tcpip_pollers;

/* Of an address that means something on one link only, sin_flowinfo says on which. */
bool tcpip_address_from_sockaddr(const struct freertos_sockaddr *from,
                                 struct tcpip_address *address, uint16_t *port)
{
    if (from == NULL)
        return false;
    if (ipconfigUSE_IPv6 && from->sin_family == FREERTOS_AF_INET6) {
        tcpip_address_set_ipv6(address, from->sin_address.xIP_IPv6.ucBytes);
        if (tcpip_address_scope(address) <= TCPIP_SCOPE_LINK)
            address->zone = (uint8_t)from->sin_flowinfo;
    } else if (from->sin_family == FREERTOS_AF_INET || from->sin_family == 0) {
        *address = (struct tcpip_address){.family = TCPIP_IPV4};
        memcpy(address->bytes, &from->sin_address.ulIP_IPv4, sizeof from->sin_address.ulIP_IPv4);
    } else {
        return false;
    }
    *port = tcpip_get_be16((const uint8_t *)&from->sin_port);
    return true;
}

void tcpip_address_to_sockaddr(const struct tcpip_address *address, uint16_t port,
                               struct freertos_sockaddr *to)
{
    bool is_ipv6 = ipconfigUSE_IPv6 && address->family == TCPIP_IPV6;

    *to = (struct freertos_sockaddr){
        .sin_len = sizeof *to,
        .sin_family = is_ipv6 ? FREERTOS_AF_INET6 : FREERTOS_AF_INET,
        .sin_flowinfo = address->zone,
    };
    tcpip_put_be16((uint8_t *)&to->sin_port, port);
    memcpy(&to->sin_address, address->bytes, is_ipv6 ? 16 : 4);
}

const struct tcpip_address *tcpip_socket_source(const struct tcpip_socket *socket)
{
    bool open = socket->end_point != NULL && tcpip_address_is_any(&socket->local);

    return open ? &socket->end_point->active.address : &socket->local;
}

struct tcpip_socket *tcpip_socket_create(const struct tcpip_socket_operations *operations,
                                         uint8_t family, uint8_t protocol)
{
    struct tcpip_socket *socket = pvPortMallocSocket(operations->size);

    if (socket == NULL)
        return NULL;
    memset(socket, 0, operations->size);
    socket->operations = operations;
    socket->family = socket->local.family = family;
    socket->protocol = protocol;
    socket->receive_timeout = ipconfigSOCK_DEFAULT_RECEIVE_BLOCK_TIME;
    socket->send_timeout = ipconfigSOCK_DEFAULT_SEND_BLOCK_TIME;
    if (operations->open(socket))
        return socket;
    vPortFreeSocket(socket);
    return NULL;
}

void tcpip_socket_destroy(struct tcpip_socket *socket)
{
    tcpip_calls_finish(&socket->waiting, -FREERTOS_ECLOSED);
    if (socket->set != NULL)
        tcpip_set_remove(socket);
    socket->operations->close(socket);
    tcpip_socket_leave_all(socket);
    vPortFreeSocket(socket);
    tcpip_calls_retry(&tcpip_pollers);
}

void tcpip_socket_changed(struct tcpip_socket *socket)
{
    tcpip_calls_retry(&socket->waiting);
    tcpip_calls_retry(&tcpip_pollers);
    if (socket->set != NULL)
        tcpip_set_changed(socket->set);
    if (ipconfigSOCKET_HAS_USER_SEMAPHORE && socket->user_semaphore != NULL)
        xSemaphoreGive(socket->user_semaphore);
    if (ipconfigSOCKET_HAS_USER_WAKE_CALLBACK && ipconfigIS_VALID_PROG_ADDRESS(socket->wake))
        socket->wake(socket);
}

struct create_call {
    struct tcpip_call call;
    uint8_t family;
    uint8_t protocol;
    struct tcpip_socket *created;
};

static int32_t create(void *kind, struct tcpip_call *call)
{
    struct create_call *creation = (struct create_call *)call;

    creation->created = tcpip_socket_create(kind, creation->family, creation->protocol);
    return 0;
}

Socket_t FreeRTOS_socket(BaseType_t domain, BaseType_t type, BaseType_t protocol)
{
    const struct tcpip_socket_operations *kind = tcpip_socket_kind(type, protocol);
    struct create_call creation;

    if ((domain != FREERTOS_AF_INET && !(ipconfigUSE_IPv6 && domain == FREERTOS_AF_INET6)) ||
        kind == NULL || tcpip_task_handle() == NULL)
        return FREERTOS_INVALID_SOCKET;
    creation.family = domain == FREERTOS_AF_INET ? TCPIP_IPV4 : TCPIP_UNSPECIFIED;
    creation.protocol = (uint8_t)protocol; /* the kind has looked at it */
    tcpip_call(&creation.call, create, (void *)(uintptr_t)kind, NULL, 0);
    return creation.created != NULL ? creation.created : FREERTOS_INVALID_SOCKET;
}

static int32_t destroy(void *socket, struct tcpip_call *call)
{
    tcpip_socket_destroy(socket);
    return 0;
}

BaseType_t FreeRTOS_closesocket(Socket_t socket)
{
    struct tcpip_call call;

    if (!tcpip_is_socket(socket))
        return 0;
    tcpip_call(&call, destroy, socket, NULL, 0);
    return 1;
}

struct bind_call {
    struct tcpip_call call;
    struct tcpip_address address;
    uint16_t port;
};

/* To no address in particular, :: stands for those of each family. */
static int32_t set_local(struct tcpip_socket *socket, const struct tcpip_address *address)
{
    const struct tcpip_end_point *end_point = tcpip_end_point_find(address);
    bool ipv6 = ipconfigUSE_IPv6 && address->family == TCPIP_IPV6;
    bool each = ipconfigUSE_IPv6 && (ipv6 || address->family == TCPIP_UNSPECIFIED);

    if (ipv6 && socket->family == TCPIP_IPV4)
        return -FREERTOS_EINVAL;
    if (end_point != NULL)
        socket->local = end_point->active.address;
    else if (tcpip_address_is_any(address))
        socket->local = (struct tcpip_address){.family = each ? socket->family : TCPIP_IPV4};
    else
        return -FREERTOS_EADDRNOTAVAIL;
    return 0;
}

static int32_t bind(void *object, struct tcpip_call *call)
{
    struct bind_call *binding = (struct bind_call *)call;
    struct tcpip_socket *socket = object;
    int32_t result = socket->bound ? -FREERTOS_EINVAL : set_local(socket, &binding->address);

    if (result != 0)
        return result;
    socket->port = binding->port;
    result = (int32_t)socket->operations->bind(socket);
    socket->bound = result == 0;
    return result;
}

BaseType_t FreeRTOS_bind(Socket_t socket, struct freertos_sockaddr const *address,
                         socklen_t address_length)
{
    struct bind_call binding;

    binding.address = (struct tcpip_address){.family = TCPIP_UNSPECIFIED};
    binding.port = 0;
    if (!tcpip_is_socket(socket) ||
        (address != NULL && !tcpip_address_from_sockaddr(address, &binding.address, &binding.port)))
        return -FREERTOS_EINVAL;
    return tcpip_call(&binding.call, bind, socket, NULL, 0);
}

static BaseType_t set_timeout(TickType_t *timeout, const void *value)
{
    if (value == NULL)
        return -FREERTOS_EINVAL;
    memcpy(timeout, value, sizeof *timeout);
    return 0;
}

static BaseType_t set_semaphore(struct tcpip_socket *socket, const void *value)
{
    socket->user_semaphore = value == NULL ? NULL : *(SemaphoreHandle_t const *)value;
    return 0;
}

static BaseType_t set_wake(struct tcpip_socket *socket, const void *value)
{
    socket->wake = (SocketWakeupCallback_t)(uintptr_t)value;
    return 0;
}

static BaseType_t set_ipv6_only(struct tcpip_socket *socket, const void *value)
{
    if (value == NULL || socket->bound || socket->family == TCPIP_IPV4)
        return -FREERTOS_EINVAL;
    socket->family = *(const BaseType_t *)value != pdFALSE ? TCPIP_IPV6 : TCPIP_UNSPECIFIED;
    socket->local.family = socket->family;
    return 0;
}

BaseType_t FreeRTOS_setsockopt(Socket_t socket, int32_t level, int32_t option, const void *value,
                               size_t value_length)
{
    if (!tcpip_is_socket(socket))
        return -FREERTOS_EINVAL;
    if (option == FREERTOS_SO_RCVTIMEO)
        return set_timeout(&socket->receive_timeout, value);
    if (option == FREERTOS_SO_SNDTIMEO)
        return set_timeout(&socket->send_timeout, value);
    if (ipconfigSOCKET_HAS_USER_SEMAPHORE && option == FREERTOS_SO_SET_SEMAPHORE)
        return set_semaphore(socket, value);
    if (ipconfigSOCKET_HAS_USER_WAKE_CALLBACK && option == FREERTOS_SO_WAKEUP_CALLBACK)
        return set_wake(socket, value);
    if (ipconfigUSE_IPv6 && option == TCPIP_SO_IPV6_ONLY)
        return set_ipv6_only(socket, value);
    return socket->operations->set_option(socket, option, value, value_length);
}
