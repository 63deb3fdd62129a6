/* SPDX-License-Identifier: MIT */
/*
 * Socket sets. Only the stack's task.
 */
#pragma once

#include "socket/socket.h"

struct tcpip_socket_set {
    struct tcpip_socket *members;
    struct tcpip_call *waiting;
    bool interrupted;
};

#if ipconfigSUPPORT_SELECT_FUNCTION

void tcpip_set_remove(struct tcpip_socket *socket);
void tcpip_set_changed(struct tcpip_socket_set *set);
void tcpip_set_interrupt(struct tcpip_socket_set *set);

#else

static inline void tcpip_set_remove(struct tcpip_socket *socket)
{
}

static inline void tcpip_set_changed(struct tcpip_socket_set *set)
{
}

static inline void tcpip_set_interrupt(struct tcpip_socket_set *set)
{
}

#endif
