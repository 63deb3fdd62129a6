/* SPDX-License-Identifier: MIT */
/*
 * The engine in the stack: TCP as one of IP's protocols, its timers among the stack's.
 *
 * The engine's `owner` pointers are struct tcpip_tcp_owner here: whoever holds a connection or a
 * listener is told through it. Only the stack's task.
 */
#pragma once

#include "tcp/tcp.h"

struct tcpip_tcp_owner {
    void (*event)(struct tcpip_tcp_owner *owner, struct tcpip_tcp_connection *connection,
                  unsigned events);
    void (*incoming)(struct tcpip_tcp_owner *owner, struct tcpip_tcp_listener *listener);
};

/* Registers the protocol: when the stack is set up. */
void tcpip_tcp_ip_init(void);

struct tcpip_tcp_host *tcpip_tcp_host(void);
