/* SPDX-License-Identifier: MIT */
/*
 * The engine in the stack: TCP as one of IP's protocols, its timers among the stack's.
 * Only the stack's task.
 */
#pragma once

#include "tcp/tcp.h"

/* Registers the protocol: when the stack is set up. */
void tcpip_tcp_ip_init(void);

struct tcpip_tcp_host *tcpip_tcp_host(void);
