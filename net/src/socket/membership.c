/* SPDX-License-Identifier: MIT */
/*
 * Groups that a socket is a member of: each is left when the socket is closed.
 */
#include "socket/socket.h"

#if ipconfigUSE_SOCKET_GROUPS

#include "FreeRTOS_Routing.h"
#include "core/os.h"
#include "core/route.h"
#include "ip/group.h"
#include "tcpip.h"

struct tcpip_membership {
    struct tcpip_membership *next;
    struct tcpip_interface *interface;
    struct tcpip_address group;
};

struct membership_call {
    struct tcpip_call call;
    struct tcpip_address group;
    struct tcpip_interface *interface;
};

static struct tcpip_membership **find(struct tcpip_socket *socket,
                                      const struct membership_call *wanted)
{
    struct tcpip_membership **at = &socket->memberships;

    while (*at != NULL && ((*at)->interface != wanted->interface ||
                           !tcpip_address_equal(&(*at)->group, &wanted->group)))
        at = &(*at)->next;
    return at;
}

/* The interface that the application named, or the one that leads to the group. */
static bool choose_interface(struct membership_call *call)
{
    struct tcpip_route route;

    if (call->interface == NULL && tcpip_route_find(NULL, &call->group, &route))
        call->interface = route.interface;
    return call->interface != NULL;
}

static BaseType_t join_now(struct tcpip_socket *socket, const struct membership_call *wanted)
{
    struct tcpip_membership *membership;

    if (*find(socket, wanted) != NULL)
        return -FREERTOS_EADDRINUSE;
    membership = tcpip_os_allocate(sizeof *membership);
    if (membership == NULL)
        return -FREERTOS_ENOBUFS;
    if (!tcpip_group_join(wanted->interface, &wanted->group)) {
        tcpip_os_free(membership);
        return -FREERTOS_ENOBUFS;
    }
    membership->next = socket->memberships;
    membership->interface = wanted->interface;
    membership->group = wanted->group;
    socket->memberships = membership;
    return 0;
}

static void leave_at(struct tcpip_membership **at)
{
    struct tcpip_membership *membership = *at;

    *at = membership->next;
    tcpip_group_leave(membership->interface, &membership->group);
    tcpip_os_free(membership);
}

static int32_t join(void *socket, struct tcpip_call *base)
{
    struct membership_call *call = (struct membership_call *)base;

    return choose_interface(call) ? (int32_t)join_now(socket, call) : -FREERTOS_EADDRNOTAVAIL;
}

static int32_t leave(void *socket, struct tcpip_call *base)
{
    struct membership_call *call = (struct membership_call *)base;
    struct tcpip_membership **at;

    if (!choose_interface(call))
        return -FREERTOS_EADDRNOTAVAIL;
    at = find(socket, call);
    if (*at == NULL)
        return -FREERTOS_EADDRNOTAVAIL;
    leave_at(at);
    return 0;
}

BaseType_t tcpip_socket_membership(struct tcpip_socket *socket, bool joins, const void *value,
                                   size_t size)
{
    const struct tcpip_group_membership *wanted = value;
    struct membership_call call = {.interface = NULL};

    if (wanted == NULL || size != sizeof *wanted || !tcpip_address_is_multicast(&wanted->group) ||
        (wanted->group.family == TCPIP_IPV6 && !ipconfigUSE_IPv6))
        return -FREERTOS_EINVAL;
    call.group = wanted->group;
    if (wanted->interface != NULL)
        call.interface = &wanted->interface->core;
    return tcpip_call(&call.call, joins ? join : leave, socket, NULL, 0);
}

void tcpip_socket_leave_all(struct tcpip_socket *socket)
{
    while (socket->memberships != NULL)
        leave_at(&socket->memberships);
}

#endif
