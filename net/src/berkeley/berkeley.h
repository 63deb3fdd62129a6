/* SPDX-License-Identifier: MIT */
/*
 * Between the files behind tcpip_berkeley.h.
 *
 * A descriptor is taken while its socket is open. Whoever closes it must be the last to use it, as
 * with the socket itself; the table is written with interrupts masked, so that the stack's task,
 * which polls, sees an entry whole or not at all.
 */
#pragma once

#include "tcpip_berkeley.h"
#include "tcpip.h"

struct tcpip_descriptor {
    Socket_t socket; /* NULL: free */
    uint8_t type;    /* SOCK_STREAM or SOCK_DGRAM */
    uint8_t family;
    bool nonblocking, keep_alive, no_delay, listening, ipv6_only;
    TickType_t receive_timeout, send_timeout; /* while it blocks */
    struct tcpip_keep_alive keep_alive_times;
    struct freertos_sockaddr peer; /* of a connected datagram socket; sin_family 0: none */
};

/* The entry of an open descriptor; NULL: there is none of this number. */
struct tcpip_descriptor *tcpip_descriptor_find(int descriptor);

/* Gives the socket a number; -EMFILE, and the socket is closed: all are taken. */
int tcpip_descriptor_open(Socket_t socket, const struct tcpip_descriptor *model);

/* Hands the time-outs to the socket: none while it does not block. */
void tcpip_descriptor_apply(const struct tcpip_descriptor *entry);

/* The C library's negated errno for one of the stack's. */
int tcpip_bsd_error(BaseType_t error);

/* Why a connection is not there (any more), as an errno; 0: it has not failed. */
int tcpip_bsd_connection_error(ConstSocket_t socket);

/* One form of an address to the other. The first: 0 or -EINVAL, -EAFNOSUPPORT. The second, for a socket
 * of `family`, cuts what does not fit and sets *size to what it has. */
int tcpip_bsd_address(const struct sockaddr *from, socklen_t size, struct freertos_sockaddr *to);
void tcpip_bsd_give_address(const struct freertos_sockaddr *from, uint8_t family,
                            struct sockaddr *to, socklen_t *size);
