/* SPDX-License-Identifier: MIT */
/*
 * The sockets' API.
 *
 * All functions are called from tasks, never from interrupts (but FreeRTOS_SignalSocketFromISR).
 * Several tasks may use a socket at the same time; one that closes it must be the last. Numbers of
 * ports and IPv4 addresses in a struct freertos_sockaddr are in network order. Where a function
 * returns a negative number, it is one of the FREERTOS_E… below, negated.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "FreeRTOS.h"
#include "task.h"
#include "semphr.h"

#include "FreeRTOS_IP.h"

#ifdef __cplusplus
extern "C" {
#endif

struct tcpip_socket;
struct tcpip_socket_set;

typedef TickType_t EventBits_t; /* as in event_groups.h */

typedef struct tcpip_socket *Socket_t;
typedef struct tcpip_socket const *ConstSocket_t;
typedef struct tcpip_socket_set *SocketSet_t;
typedef struct tcpip_socket_set const *ConstSocketSet_t;

#define FREERTOS_INVALID_SOCKET       ((Socket_t)~0U)

#define FREERTOS_SOCKET_ERROR         (-1)
#define FREERTOS_EINTR                pdFREERTOS_ERRNO_EINTR
#define FREERTOS_EWOULDBLOCK          pdFREERTOS_ERRNO_EWOULDBLOCK
#define FREERTOS_EINVAL               pdFREERTOS_ERRNO_EINVAL
#define FREERTOS_EADDRNOTAVAIL        pdFREERTOS_ERRNO_EADDRNOTAVAIL
#define FREERTOS_EADDRINUSE           pdFREERTOS_ERRNO_EADDRINUSE
#define FREERTOS_ENOBUFS              pdFREERTOS_ERRNO_ENOBUFS
#define FREERTOS_ENOPROTOOPT          pdFREERTOS_ERRNO_ENOPROTOOPT
#define FREERTOS_ECLOSED              pdFREERTOS_ERRNO_ENOTCONN

#define FREERTOS_AF_INET              2
#define FREERTOS_AF_INET4             FREERTOS_AF_INET
#define FREERTOS_AF_INET6             10
#define FREERTOS_SOCK_DGRAM           2
#define FREERTOS_SOCK_STREAM          1
#define FREERTOS_SOCK_DEPENDENT_PROTO 0
#define FREERTOS_IPPROTO_UDP          17
#define FREERTOS_IPPROTO_TCP          6
#define FREERTOS_INADDR_ANY           0x00000000U
#define FREERTOS_INADDR_BROADCAST     0xffffffffU
#define FREERTOS_SHUT_RD              0
#define FREERTOS_SHUT_WR              1
#define FREERTOS_SHUT_RDWR            2

/* Flags of sending and receiving. */
#define FREERTOS_ZERO_COPY                     1
#define FREERTOS_MSG_OOB                       2
#define FREERTOS_MSG_PEEK                      4
#define FREERTOS_MSG_DONTROUTE                 8
#define FREERTOS_MSG_DONTWAIT                  16
#define FREERTOS_FRAGMENTED_PACKET             4
#define FREERTOS_NOT_LAST_IN_FRAGMENTED_PACKET 0x80

/* Options of FreeRTOS_setsockopt. */
#define FREERTOS_SO_RCVTIMEO            0 /* TickType_t */
#define FREERTOS_SO_SNDTIMEO            1 /* TickType_t */
#define FREERTOS_SO_UDPCKSUM_OUT        2 /* the pointer itself: NULL turns it off */
#define FREERTOS_SO_SET_SEMAPHORE       3 /* SemaphoreHandle_t */
#define FREERTOS_SO_SNDBUF              4 /* int32_t, TCP */
#define FREERTOS_SO_RCVBUF              5 /* int32_t, TCP */
#define FREERTOS_SO_TCP_CONN_HANDLER    6 /* F_TCP_UDP_Handler_t */
#define FREERTOS_SO_TCP_RECV_HANDLER    7
#define FREERTOS_SO_TCP_SENT_HANDLER    8
#define FREERTOS_SO_UDP_RECV_HANDLER    9
#define FREERTOS_SO_UDP_SENT_HANDLER    10
#define FREERTOS_SO_REUSE_LISTEN_SOCKET 11 /* BaseType_t, TCP */
#define FREERTOS_SO_CLOSE_AFTER_SEND    12 /* BaseType_t, TCP */
#define FREERTOS_SO_WIN_PROPERTIES      13 /* WinProperties_t, TCP */
#define FREERTOS_SO_SET_FULL_SIZE       14 /* BaseType_t, TCP */
#define FREERTOS_SO_STOP_RX             15 /* BaseType_t, TCP */
#define FREERTOS_SO_UDP_MAX_RX_PACKETS  16 /* UBaseType_t */
#define FREERTOS_SO_WAKEUP_CALLBACK     17 /* SocketWakeupCallback_t, the pointer itself */
#define FREERTOS_SO_SET_LOW_HIGH_WATER  18 /* LowHighWater_t, TCP */

#define socklen_t                       uint32_t

struct freertos_sockaddr {
    uint8_t sin_len;
    uint8_t sin_family;
    uint16_t sin_port;
    uint32_t
        sin_flowinfo; /* of a link-local IPv6 address: on which interface, counted from 1; 0: any */
    IP_Address_t sin_address;
};
typedef struct freertos_sockaddr xFreertosSocAddr;

#define sin_addr sin_address.ulIP_IPv4

typedef struct xWIN_PROPS {
    int32_t lTxBufSize; /* bytes */
    int32_t lTxWinSize; /* units of MSS */
    int32_t lRxBufSize;
    int32_t lRxWinSize;
} WinProperties_t;

typedef struct xLOW_HIGH_WATER {
    size_t uxLittleSpace; /* with less room than this the peer is told to stop */
    size_t uxEnoughSpace; /* and with this much to go on */
} LowHighWater_t;

typedef void (*FOnConnected_t)(Socket_t socket, BaseType_t connected);
typedef BaseType_t (*FOnTCPReceive_t)(Socket_t socket, void *data, size_t size);
typedef void (*FOnTCPSent_t)(Socket_t socket, size_t size);
typedef BaseType_t (*FOnUDPReceive_t)(Socket_t socket, void *data, size_t size,
                                      const struct freertos_sockaddr *from,
                                      const struct freertos_sockaddr *destination);
typedef void (*FOnUDPSent_t)(Socket_t socket, size_t size);
typedef void (*SocketWakeupCallback_t)(Socket_t socket);

typedef struct xTCP_UDP_HANDLER {
    FOnConnected_t pxOnTCPConnected;
    FOnTCPReceive_t pxOnTCPReceive;
    FOnTCPSent_t pxOnTCPSent;
    FOnUDPReceive_t pxOnUDPReceive;
    FOnUDPSent_t pxOnUDPSent;
} F_TCP_UDP_Handler_t;

typedef enum eSELECT_EVENT {
    eSELECT_READ = 1,
    eSELECT_WRITE = 2,
    eSELECT_EXCEPT = 4,
    eSELECT_INTR = 8,
    eSELECT_ALL = 15,
    eSELECT_CALL_IP = 16,
} eSelectEvent_t;

/* Creates a socket of FREERTOS_AF_INET, or of FREERTOS_AF_INET6 for both families, and
 * FREERTOS_SOCK_DGRAM or _STREAM; the protocol may be FREERTOS_SOCK_DEPENDENT_PROTO.
 * FREERTOS_INVALID_SOCKET: no memory, or not such a kind. */
Socket_t FreeRTOS_socket(BaseType_t domain, BaseType_t type, BaseType_t protocol);

/* pdTRUE unless the value is NULL or FREERTOS_INVALID_SOCKET. */
BaseType_t xSocketValid(const ConstSocket_t socket);

/* Gives the socket its local port (0: the stack chooses) and, if not 0.0.0.0, the only address at
 * which it receives; :: is any of both families. NULL: any address, any port. 0, or -EINVAL (already bound), -EADDRINUSE,
 * -EADDRNOTAVAIL. */
BaseType_t FreeRTOS_bind(Socket_t socket, struct freertos_sockaddr const *address,
                         socklen_t address_length);

/* Waits for the stack, not for the peer. Tasks that wait on the socket return -ECLOSED. 1: closed;
 * 0: no such socket. */
BaseType_t FreeRTOS_closesocket(Socket_t socket);

/* The options with the types of their values stand above. 0, -EINVAL or -ENOPROTOOPT. */
BaseType_t FreeRTOS_setsockopt(Socket_t socket, int32_t level, int32_t option, const void *value,
                               size_t value_length);

/* The local address and port; returns the size of the address. */
size_t FreeRTOS_GetLocalAddress(ConstSocket_t socket, struct freertos_sockaddr *address);

/* ipTYPE_IPv4 or ipTYPE_IPv6, as the socket was created. */
BaseType_t FreeRTOS_GetIPType(ConstSocket_t socket);

/* A pointer that the socket keeps for its user. */
BaseType_t xSocketSetSocketID(const Socket_t socket, void *id);
void *pvSocketGetSocketID(const ConstSocket_t socket);

/* UDP. Sends `size` bytes; with FREERTOS_ZERO_COPY `buffer` came from FreeRTOS_GetUDPPayloadBuffer
 * and belongs to the stack when the result is not 0. Binds the socket if needed. Returns the bytes
 * sent, or 0: too long, no frame free in time, no route. */
int32_t FreeRTOS_sendto(Socket_t socket, const void *buffer, size_t size, BaseType_t flags,
                        const struct freertos_sockaddr *destination, socklen_t destination_length);

/* UDP. Takes the next datagram, cut to `size`; with FREERTOS_ZERO_COPY `buffer` is a void ** and
 * gets the payload's place, to be given back with FreeRTOS_ReleaseUDPPayloadBuffer. Waits as long
 * as FREERTOS_SO_RCVTIMEO says. Returns its bytes, or -EWOULDBLOCK, -EINVAL, -EINTR, -ECLOSED. */
int32_t FreeRTOS_recvfrom(const ConstSocket_t socket, void *buffer, size_t size, BaseType_t flags,
                          struct freertos_sockaddr *source, const socklen_t *source_length);

/* Whether a UDP socket is bound to this port (network order). */
BaseType_t xPortHasUDPSocket(uint16_t port);

/* TCP. */
BaseType_t FreeRTOS_connect(Socket_t socket, const struct freertos_sockaddr *address,
                            socklen_t address_length);
BaseType_t FreeRTOS_listen(Socket_t socket, BaseType_t backlog);
Socket_t FreeRTOS_accept(Socket_t socket, struct freertos_sockaddr *address,
                         socklen_t *address_length);
BaseType_t FreeRTOS_send(Socket_t socket, const void *buffer, size_t size, BaseType_t flags);
BaseType_t FreeRTOS_recv(Socket_t socket, void *buffer, size_t size, BaseType_t flags);
BaseType_t FreeRTOS_shutdown(Socket_t socket, BaseType_t how);
void FreeRTOS_ReleaseTCPPayloadBuffer(Socket_t socket, void const *buffer, BaseType_t size);
BaseType_t FreeRTOS_rx_size(ConstSocket_t socket);
BaseType_t FreeRTOS_tx_space(ConstSocket_t socket);
BaseType_t FreeRTOS_tx_size(ConstSocket_t socket);
BaseType_t FreeRTOS_issocketconnected(ConstSocket_t socket);
BaseType_t FreeRTOS_GetRemoteAddress(ConstSocket_t socket, struct freertos_sockaddr *address);
BaseType_t FreeRTOS_maywrite(ConstSocket_t socket);
BaseType_t FreeRTOS_mss(ConstSocket_t socket);
BaseType_t FreeRTOS_connstatus(ConstSocket_t socket);

/* TCP, sending without copying: the first free byte of the send buffer, and in *size how many are
 * free from there; what was written is sent by FreeRTOS_send with a buffer of NULL. NULL: not
 * connected. The second gives the buffer's first byte. */
uint8_t *FreeRTOS_get_tx_head(ConstSocket_t socket, BaseType_t *size);
uint8_t *FreeRTOS_get_tx_base(Socket_t socket);

/* TCP: what was received and not read yet, for the functions of FreeRTOS_Stream_Buffer.h. NULL: there
 * is no connection. */
struct xSTREAM_BUFFER;
const struct xSTREAM_BUFFER *FreeRTOS_get_rx_buf(ConstSocket_t socket);

/* Lists ports, connections, interfaces and what was dropped for which reason, with FreeRTOS_printf.
 * Waits for the stack's task. */
void FreeRTOS_netstat(void);

#define FreeRTOS_recvcount(socket)   FreeRTOS_rx_size(socket)
#define FreeRTOS_outstanding(socket) FreeRTOS_tx_size(socket)

/* Sets of sockets to wait for. A socket is in at most one; a set is deleted by its creator when no
 * task waits on it. */
SocketSet_t FreeRTOS_CreateSocketSet(void);
void FreeRTOS_DeleteSocketSet(SocketSet_t set);

/* Adds the events of interest: eSELECT_READ, _WRITE, _EXCEPT, or'ed; and takes them away. */
void FreeRTOS_FD_SET(Socket_t socket, SocketSet_t set, EventBits_t events);
void FreeRTOS_FD_CLR(Socket_t socket, SocketSet_t set, EventBits_t events);

/* The events of the socket that the last FreeRTOS_select found. */
EventBits_t FreeRTOS_FD_ISSET(const ConstSocket_t socket, const ConstSocketSet_t set);

/* Waits until a socket of the set has an event of interest. Returns the events of all, or 0 after
 * `ticks_to_wait`. */
BaseType_t FreeRTOS_select(SocketSet_t set, TickType_t ticks_to_wait);

/* Ends what a task waits for on the socket with -EINTR, and a FreeRTOS_select with eSELECT_INTR. */
BaseType_t FreeRTOS_SignalSocket(Socket_t socket);
BaseType_t FreeRTOS_SignalSocketFromISR(Socket_t socket, BaseType_t *higher_priority_task_woken);

/* Text of addresses. The results of the first functions are in network order; 0: not an address. */
uint32_t FreeRTOS_inet_addr(const char *text);
const char *FreeRTOS_inet_ntoa(uint32_t address, char *buffer); /* 16 bytes */
BaseType_t FreeRTOS_inet_pton(BaseType_t family, const char *text, void *address);
const char *FreeRTOS_inet_ntop(BaseType_t family, const void *address, char *buffer,
                               socklen_t size);
BaseType_t FreeRTOS_inet_pton4(const char *text, void *address);
const char *FreeRTOS_inet_ntop4(const void *address, char *buffer, socklen_t size);

/* Text of at most 40 bytes with its final zero. The names of the sizes of an address are in
 * FreeRTOS_IP.h. */
BaseType_t FreeRTOS_inet_pton6(const char *text, void *address);
const char *FreeRTOS_inet_ntop6(const void *address, char *buffer, socklen_t size);

/* "00:11:22:aa:bb:cc", also with '-'; lower or upper case as `ten` is 'a' or 'A'. */
BaseType_t FreeRTOS_EUI48_pton(const char *text, uint8_t *address);
void FreeRTOS_EUI48_ntop(const uint8_t *address, char *buffer, char ten, char separator);

/* Four numbers as an address in network order. */
#define FreeRTOS_inet_addr_quick(a, b, c, d)                                                       \
    FreeRTOS_htonl((uint32_t)(a)*0x1000000U + (uint32_t)(b)*0x10000U + (uint32_t)(c)*0x100U +      \
                   (uint32_t)(d))

#if ipconfigIPv4_BACKWARD_COMPATIBLE
/* As in FreeRTOS_DNS.h; it was declared here. */
uint32_t FreeRTOS_gethostbyname(const char *name);
#endif

#ifdef __cplusplus
}
#endif
