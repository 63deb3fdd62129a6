/* SPDX-License-Identifier: MIT */
/*
 * Plain TCP of Linnet's stack as a TransportInterface_t: finds the address of a name, connects,
 * and tells in a sentence why it could not.
 *
 * The transport belongs to one task at a time. All functions are called from tasks, with the stack
 * running, and may block for the times given.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "FreeRTOS.h"
#include "FreeRTOS_Sockets.h"
#include "transport_interface.h"

enum socket_transport_result {
    SOCKET_TRANSPORT_OK,
    SOCKET_TRANSPORT_MISUSE,     /* no host or no port */
    SOCKET_TRANSPORT_NO_ADDRESS, /* the name is not known, or no server of names answers */
    SOCKET_TRANSPORT_NO_MEMORY,  /* no socket could be made */
    SOCKET_TRANSPORT_NO_ROUTE,   /* the network is not up, or leads nowhere near the address */
    SOCKET_TRANSPORT_REFUSED,    /* the host is there, nobody listens at the port */
    SOCKET_TRANSPORT_NO_ANSWER,  /* the host does not answer */
    SOCKET_TRANSPORT_CLOSED,     /* the stream ended or broke */
};

#define SOCKET_TRANSPORT_TEXT 256

struct socket_transport_settings {
    const char *host; /* a name, or an address in dotted decimal */
    uint16_t port;
    uint32_t connect_timeout_ms; /* each of these: 0 takes the stack's default */
    uint32_t send_timeout_ms;
    uint32_t receive_timeout_ms;
};

/* Memory is the caller's; the members are for reading only. */
struct socket_transport {
    Socket_t socket;
    enum socket_transport_result result; /* of the last call that failed */
    char text[SOCKET_TRANSPORT_TEXT];    /* what, why, what to do; "" when nothing failed */
};

/* Connects. False: `result` and `text` say why, and nothing is left open. Blocks at most for the
 * search of the name and connect_timeout_ms. */
bool socket_transport_connect(struct socket_transport *transport,
                              const struct socket_transport_settings *settings);

/* The stream, valid until socket_transport_close. recv and send return 0 when nothing came, or
 * nothing could be taken, within their time-outs, and a negative value when the stream ended. */
TransportInterface_t socket_transport_interface(struct socket_transport *transport);

/* Shuts the connection down and closes the socket. What the peer still sends is thrown away; it has
 * `linger_ms` to end its side too. After a failed connect: does nothing. */
void socket_transport_close(struct socket_transport *transport, uint32_t linger_ms);
