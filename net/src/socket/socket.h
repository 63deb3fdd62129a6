/* SPDX-License-Identifier: MIT */
/*
 * A socket, and how a task's call reaches the stack and waits there.
 *
 * A call is a struct on the caller's stack. It is posted to the stack's task, which attempts it;
 * an attempt that cannot be finished yet leaves the call on the socket's list of waiting calls, and
 * each change of the socket attempts them again. When the time is up, the caller posts a
 * cancellation and waits for it to be confirmed: only then is the struct its own again.
 *
 * A protocol is a table of operations and a struct that begins with `struct tcpip_socket`.
 */
#pragma once

#include <stdbool.h>

#include "FreeRTOS_Sockets.h"

#include "core/address.h"
#include "core/stack.h"

struct tcpip_call;

/* The stack's task. The result; -EWOULDBLOCK: there is something to wait for. `object` is the socket, or
 * whatever the call is about. */
typedef int32_t tcpip_attempt(void *object, struct tcpip_call *call);

/* A blocking call. A protocol's calls begin with it and add their arguments. */
struct tcpip_call {
    struct tcpip_request request;
    struct tcpip_call *next;
    struct tcpip_call **waiting; /* the list in which it may wait */
    tcpip_attempt *attempt;
    void *object;
    int32_t result; /* -EWOULDBLOCK: not finished, by an attempt or because the object is gone */
    StaticSemaphore_t storage;
    SemaphoreHandle_t done;
};

struct tcpip_socket;

enum { TCPIP_ANY_PROTOCOL = -1 }; /* any but 0 */

struct tcpip_socket_operations {
    BaseType_t type;     /* FREERTOS_SOCK_DGRAM … */
    BaseType_t protocol; /* FREERTOS_IPPROTO_UDP …; or TCPIP_ANY_PROTOCOL */
    size_t size;         /* of the protocol's struct; its bytes are zero when `open` is called */

    /* In the stack's task. */
    bool (*open)(struct tcpip_socket *socket);  /* false: no memory */
    void (*close)(struct tcpip_socket *socket); /* gives everything back, but not the struct. May be
                                                   asked to leave things to end by themselves. */

    /* socket->local and socket->port are set, the port in host order, 0 for any. 0 with the port
     * that was chosen in socket->port, or a negated error. */
    BaseType_t (*bind)(struct tcpip_socket *socket);

    /* In the calling task, `value` not checked. -ENOPROTOOPT: not one of the protocol's. */
    BaseType_t (*set_option)(struct tcpip_socket *socket, int32_t option, const void *value,
                             size_t size);

    /* Of kinds of datagrams, else NULL. Attempts a struct tcpip_datagram_send, of a frame with at most so
     * many bytes: how many were sent; or an error, and the frame is still the caller's. */
    tcpip_attempt *send;
    size_t most;
};

/* What every socket has. Only the stack's task touches it while the socket is open, but for the
 * time-outs and the id, which belong to the callers. */
struct tcpip_socket {
    const struct tcpip_socket_operations *operations;
    struct tcpip_call *waiting;
    TickType_t receive_timeout;
    TickType_t send_timeout;
    void *id;
    uint8_t family;   /* TCPIP_IPV4, or unspecified: each */
    uint8_t protocol; /* of IP, where the kind is for any */
    uint8_t hops;     /* 0: the protocol's */
    bool bound;
    struct tcpip_address local;        /* unspecified: any */
    struct tcpip_end_point *end_point; /* from which to send, unless `local` says; NULL: any */
    uint16_t port;                     /* host order */
    bool signalled;                    /* `signal` is on its way to the stack */
    struct tcpip_membership *memberships;
    struct tcpip_request signal;
    SemaphoreHandle_t user_semaphore;
    SocketWakeupCallback_t wake;
    struct tcpip_socket_set *set;
    struct tcpip_socket *next_in_set;
    EventBits_t wanted; /* by the set */
    EventBits_t found;  /* by the last FreeRTOS_select */
};

/* What a task hands over as a socket is one: not NULL, and not FREERTOS_INVALID_SOCKET. */
static inline bool tcpip_is_socket(const struct tcpip_socket *socket)
{
    return socket != NULL && socket != FREERTOS_INVALID_SOCKET;
}

/* The kinds of sockets that there are, found by type and protocol (0: any): kinds.c lists them. */
const struct tcpip_socket_operations *tcpip_socket_kind(BaseType_t type, BaseType_t protocol);

/* When the stack is set up: registers the protocols that only sockets use. */
void tcpip_sockets_start(void);

/* The stack's task: lists every kind with FreeRTOS_printf. */
void tcpip_sockets_print(void);

/* From the calling task: has `attempt` done with `object`, waiting in `list` (NULL: must not wait)
 * up to `ticks_to_wait`. Returns the result. */
int32_t tcpip_call(struct tcpip_call *call, tcpip_attempt *attempt, void *object,
                   struct tcpip_call **list, TickType_t ticks_to_wait);

/* The stack's task: attempts everything that waits in the list; or finishes it with this result. */
void tcpip_calls_retry(struct tcpip_call **list);
void tcpip_calls_finish(struct tcpip_call **list, int32_t result);

/* Calls that wait for any of several sockets, whichever changes. */
extern struct tcpip_call *tcpip_pollers;

/* The stack's task: something changed. Attempts the waiting calls, then wakes sets, the user's
 * semaphore and the user's callback. */
void tcpip_socket_changed(struct tcpip_socket *socket);

/* The stack's task: a new socket that no call of the application created, for a connection that is
 * accepted. NULL: no memory. Its `open` has been called. */
struct tcpip_socket *tcpip_socket_create(const struct tcpip_socket_operations *operations,
                                         uint8_t family, uint8_t protocol);

/* The stack's task: finishes its calls with -ECLOSED, closes and frees it. */
void tcpip_socket_destroy(struct tcpip_socket *socket);

/* Joins or leaves a group: TCPIP_SO_JOIN_GROUP and TCPIP_SO_LEAVE_GROUP of tcpip.h. Any task. */
#if ipconfigUSE_SOCKET_GROUPS
BaseType_t tcpip_socket_membership(struct tcpip_socket *socket, bool joins, const void *value,
                                   size_t size);

/* The stack's task. */
void tcpip_socket_leave_all(struct tcpip_socket *socket);
#else
static inline BaseType_t tcpip_socket_membership(struct tcpip_socket *socket, bool joins,
                                                 const void *value, size_t size)
{
    return -FREERTOS_ENOPROTOOPT;
}

static inline void tcpip_socket_leave_all(struct tcpip_socket *socket)
{
}
#endif

/* What FreeRTOS_select would find: of eSELECT_READ, _WRITE, _EXCEPT. The stack's task. */
EventBits_t tcpip_socket_ready(struct tcpip_socket *socket);
EventBits_t tcpip_packet_socket_ready(struct tcpip_socket *base);

/* The address from which a packet of the socket shall go; may be unspecified. The stack's task. */
const struct tcpip_address *tcpip_socket_source(const struct tcpip_socket *socket);

/* The other form of an address and port; false for NULL and unknown families. */
bool tcpip_address_from_sockaddr(const struct freertos_sockaddr *from,
                                 struct tcpip_address *address, uint16_t *port);
void tcpip_address_to_sockaddr(const struct tcpip_address *address, uint16_t port,
                               struct freertos_sockaddr *to);

/* The stack's task: a line with FreeRTOS_printf for each port of UDP. */
void tcpip_udp_socket_print(void);

/* Tables of the protocols. */
extern const struct tcpip_socket_operations tcpip_udp_socket;
extern const struct tcpip_socket_operations tcpip_tcp_socket;
extern const struct tcpip_socket_operations tcpip_raw_socket;
extern const struct tcpip_socket_operations tcpip_packet_socket_kind;
