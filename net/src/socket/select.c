/* SPDX-License-Identifier: MIT */
/*
 * FreeRTOS_select is a call like any other, which waits on the set and is attempted again when one
 * of its sockets changes.
 */
#include "socket/select.h"

#include "core/os.h"

#if ipconfigSUPPORT_SELECT_FUNCTION

struct set_call {
    struct tcpip_call call;
    struct tcpip_socket_set *set;
    EventBits_t events;
};

void tcpip_set_remove(struct tcpip_socket *socket)
{
    struct tcpip_socket **at = &socket->set->members;

    while (*at != NULL && *at != socket)
        at = &(*at)->next_in_set;
    if (*at != NULL)
        *at = socket->next_in_set;
    socket->set = NULL;
    socket->wanted = 0;
    socket->found = 0;
}

void tcpip_set_changed(struct tcpip_socket_set *set)
{
    tcpip_calls_retry(&set->waiting);
}

void tcpip_set_interrupt(struct tcpip_socket_set *set)
{
    set->interrupted = true;
    tcpip_calls_retry(&set->waiting);
}

SocketSet_t FreeRTOS_CreateSocketSet(void)
{
    struct tcpip_socket_set *set = tcpip_os_allocate(sizeof *set);

    if (set != NULL)
        *set = (struct tcpip_socket_set){0};
    return set;
}

static int32_t delete_set(void *object, struct tcpip_call *call)
{
    struct tcpip_socket_set *set = object;

    while (set->members != NULL)
        tcpip_set_remove(set->members);
    tcpip_calls_finish(&set->waiting, 0);
    tcpip_os_free(set);
    return 0;
}

void FreeRTOS_DeleteSocketSet(SocketSet_t set)
{
    struct tcpip_call call;

    if (set != NULL)
        tcpip_call(&call, delete_set, set, NULL, 0);
}

static int32_t add(void *object, struct tcpip_call *call)
{
    struct set_call *change = (struct set_call *)call;
    struct tcpip_socket *socket = object;

    if (socket->set != NULL && socket->set != change->set)
        tcpip_set_remove(socket);
    if (socket->set == NULL) {
        socket->set = change->set;
        socket->next_in_set = change->set->members;
        change->set->members = socket;
    }
    socket->wanted |= change->events;
    tcpip_set_changed(change->set);
    return 0;
}

static int32_t take_away(void *object, struct tcpip_call *call)
{
    struct set_call *change = (struct set_call *)call;
    struct tcpip_socket *socket = object;

    socket->wanted &= ~change->events;
    if (socket->set == change->set && socket->wanted == 0)
        tcpip_set_remove(socket);
    return 0;
}

static void change_set(Socket_t socket, SocketSet_t set, EventBits_t events, tcpip_attempt *how)
{
    struct set_call change = {.set = set, .events = events & (EventBits_t)eSELECT_ALL};

    if (xSocketValid(socket) != pdFALSE && set != NULL)
        tcpip_call(&change.call, how, socket, NULL, 0);
}

void FreeRTOS_FD_SET(Socket_t socket, SocketSet_t set, EventBits_t events)
{
    change_set(socket, set, events, add);
}

void FreeRTOS_FD_CLR(Socket_t socket, SocketSet_t set, EventBits_t events)
{
    change_set(socket, set, events, take_away);
}

EventBits_t FreeRTOS_FD_ISSET(const ConstSocket_t socket, const ConstSocketSet_t set)
{
    return xSocketValid(socket) != pdFALSE && socket->set == set ? socket->found : 0;
}

static int32_t find_events(void *object, struct tcpip_call *call)
{
    struct tcpip_socket_set *set = object;
    EventBits_t events = set->interrupted ? (EventBits_t)eSELECT_INTR : 0;
    struct tcpip_socket *socket;

    for (socket = set->members; socket != NULL; socket = socket->next_in_set) {
        socket->found = tcpip_socket_ready(socket) & socket->wanted;
        events |= socket->found;
    }
    set->interrupted = false;
    return events != 0 ? (int32_t)events : -FREERTOS_EWOULDBLOCK;
}

BaseType_t FreeRTOS_select(SocketSet_t set, TickType_t ticks_to_wait)
{
    struct tcpip_call call;
    int32_t events;

    if (set == NULL)
        return 0;
    events = tcpip_call(&call, find_events, set, &set->waiting, ticks_to_wait);
    return events > 0 ? events : 0;
}

#endif
