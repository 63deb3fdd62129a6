/* SPDX-License-Identifier: MIT */
/*
 * What sockets of datagrams have in common: a bounded queue of the frames as they came, and how one is
 * received and sent. Where a datagram came from is kept in the room of its headers, at the start of its
 * frame's buffer.
 *
 * A queue takes no frame when fewer than a quarter of the pool is free: an application that does not
 * fetch its datagrams cannot stop the others' traffic.
 */
#pragma once

#include "core/route.h"
#include "socket/socket.h"
#include "udp/udp.h"

/* A socket's struct begins with it. */
struct tcpip_datagram_socket {
    struct tcpip_socket base;
    struct netif_frame *queue;
    struct netif_frame **last;
    UBaseType_t queued;
    UBaseType_t limit;
    bool unbound; /* receives without being bound */
    FOnUDPReceive_t on_receive;
    FOnUDPSent_t on_sent;
};

/* The stack's task. */
void tcpip_datagrams_open(struct tcpip_datagram_socket *socket);
void tcpip_datagrams_close(struct tcpip_datagram_socket *socket);

/* Takes the frame, whose data is the payload. What is said of it may be that of another frame. */
void tcpip_datagram_put(struct tcpip_datagram_socket *socket, struct netif_frame *frame,
                        const struct tcpip_datagram *datagram);

/* Whoever waits for a datagram to the socket's address hears that none will come. */
void tcpip_datagrams_address_lost(struct tcpip_datagram_socket *socket);

/* Options that all of them have; -ENOPROTOOPT: it is none of them. */
BaseType_t tcpip_datagram_set_option(struct tcpip_socket *socket, int32_t option, const void *value,
                                     size_t size);

/* A datagram on its way to the stack. */
struct tcpip_datagram_send {
    struct tcpip_call call;
    struct netif_frame *frame;
    struct tcpip_address address;
    uint16_t port;
};

/* The stack's task. Finds the way for such a call and a payload behind a transport header of so many
 * bytes; false, counted: there is none, or it is too narrow. */
bool tcpip_datagram_route(const struct tcpip_socket *socket,
                          const struct tcpip_datagram_send *sending, size_t header_size,
                          struct tcpip_route *route);
