/* SPDX-License-Identifier: MIT */
/*
 * A TCP socket: a listener, or a connection, or neither yet.
 *
 * Bytes go through the connection's two rings without the stack's task: a sender puts them into the
 * one, a receiver takes them from the other, and a request posted once (`kick`) tells the stack.
 * Only when a ring is full or empty does the call go to the stack's task, which alone looks at the
 * connection's state. One task may send and one may receive on a socket at the same time.
 */
#pragma once

#include <stdatomic.h>

#include "socket/socket.h"
#include "tcp/tcp_ip.h"

/* What the application sets, and the sockets that a listener accepts inherit. */
struct tcp_settings {
    struct tcpip_tcp_settings engine;
    uint32_t little_room, enough_room;  /* FREERTOS_SO_SET_LOW_HIGH_WATER */
    uint32_t user_timeout;              /* TCPIP_SO_USER_TIMEOUT */
    struct tcpip_keep_alive keep_alive; /* TCPIP_SO_KEEP_ALIVE_TIMES; without probes: the default */
#if ipconfigUSE_CALLBACKS
    FOnConnected_t on_connected;
    FOnTCPReceive_t on_received;
    FOnTCPSent_t on_sent;
#endif
};

struct tcp_socket {
    struct tcpip_socket base;
    struct tcpip_tcp_owner owner;
    struct tcpip_tcp_connection *connection; /* NULL: none, or not yet */
    struct tcpip_request kick;
    atomic_flag kicked;           /* the request is posted; begins clear, as bytes of zero */
    _Atomic bool writable;        /* connected, and neither side ended our direction */
    bool connected;               /* the stack's task */
    bool chosen_for_it;           /* address and port, by connect */
    bool reuse, close_after_send; /* options */
    struct tcp_settings settings;
    struct tcpip_tcp_listener listener; /* of no host unless the socket listens */
#if ipconfigUSE_CALLBACKS
    uint32_t acknowledged; /* SND.UNA when the sent handler was last told */
#endif
};

/* A call of a TCP function, on its way to the stack's task. */
struct tcp_call {
    struct tcpip_call call;
    struct tcpip_tcp_endpoints ends; /* connect: the remote one */
    BaseType_t backlog;              /* listen */
    struct tcp_socket *accepted;     /* accept */
    struct tcpip_tcp_statistics *statistics;
};

static inline struct tcp_socket *tcpip_tcp_socket_of(struct tcpip_socket *socket)
{
    return (struct tcp_socket *)(void *)socket;
}

static inline bool tcpip_tcp_is_listening(const struct tcp_socket *socket)
{
    return socket->listener.host != NULL;
}

/* FREERTOS_SO_REUSE_LISTEN_SOCKET: a listener becomes its first connection. */
static inline bool tcpip_tcp_is_reused(const struct tcp_socket *socket)
{
    return ipconfigUSE_TCP_MORE_OPTIONS && socket->reuse;
}

/* NULL unless it is a TCP socket. */
struct tcp_socket *tcpip_tcp_socket_check(ConstSocket_t socket);

/* Any task may ask; whoever hears true finds the connection and its ring as they were when it became so. */
static inline bool tcpip_tcp_is_writable(const struct tcp_socket *socket)
{
    return atomic_load_explicit(&socket->writable, memory_order_acquire);
}

/* The stack's task. */
static inline void tcpip_tcp_set_writable(struct tcp_socket *socket, bool writable)
{
    atomic_store_explicit(&socket->writable, writable, memory_order_release);
}

/* tcp_socket.c: the socket and what the engine tells it. */
void tcpip_tcp_apply_settings(const struct tcp_socket *socket); /* the stack's task */
void tcpip_tcp_bind_to(struct tcp_socket *socket, struct tcpip_tcp_connection *connection);
void tcpip_tcp_attach(struct tcp_socket *socket, struct tcpip_tcp_connection *connection);
void tcpip_tcp_kick(struct tcp_socket *socket); /* any task */
bool tcpip_in_stack_task(void);
/* Has `attempt` done by the stack's task, waiting up to so many ticks; from the stack's task itself
 * (a handler) it is done at once and never waits. -EINVAL: it is no TCP socket. */
int32_t tcpip_tcp_ask(struct tcpip_socket *socket, struct tcpip_call *call, tcpip_attempt *attempt,
                      TickType_t ticks_to_wait);

/* tcp_handler.c: the application's handlers, called in the stack's task. */
#if ipconfigUSE_CALLBACKS
void tcpip_tcp_tell_connected(struct tcp_socket *socket, bool connected);
/* What the peer has acknowledged since the last time; the first time is that of the connection. */
void tcpip_tcp_tell_sent(struct tcp_socket *socket, const struct tcpip_tcp_connection *connection,
                         bool first);
/* False: nobody takes what has come. */
bool tcpip_tcp_hand_over(struct tcp_socket *socket, struct tcpip_tcp_connection *connection);
BaseType_t tcpip_tcp_set_handler(struct tcp_socket *socket, int32_t option,
                                 const F_TCP_UDP_Handler_t *handler);
#else
static inline void tcpip_tcp_tell_connected(struct tcp_socket *socket, bool connected)
{
}

static inline void tcpip_tcp_tell_sent(struct tcp_socket *socket,
                                       const struct tcpip_tcp_connection *connection, bool first)
{
}

static inline bool tcpip_tcp_hand_over(struct tcp_socket *socket,
                                       struct tcpip_tcp_connection *connection)
{
    return false;
}

static inline BaseType_t tcpip_tcp_set_handler(struct tcp_socket *socket, int32_t option,
                                               const F_TCP_UDP_Handler_t *handler)
{
    return -pdFREERTOS_ERRNO_ENOPROTOOPT;
}
#endif

/* tcp_query.c */
void tcpip_tcp_socket_print(void);

/* tcp_option.c */
BaseType_t tcpip_tcp_socket_option(struct tcpip_socket *socket, int32_t option, const void *value,
                                   size_t size);
