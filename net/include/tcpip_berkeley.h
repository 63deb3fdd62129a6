/* SPDX-License-Identifier: MIT */
/*
 * The Berkeley names of the sockets' API, as macros and static inline functions only: no library of
 * Linnet's defines a symbol of these names, so nothing collides at link time with a C library that
 * has its own. Optional; include it last, and instead of <sys/socket.h>, <netinet/in.h>,
 * <arpa/inet.h>, <netdb.h> and <poll.h>.
 *
 * A descriptor is a small number for a socket, from ipconfigBERKELEY_FIRST_DESCRIPTOR up, of which
 * there are ipconfigBERKELEY_DESCRIPTORS; any task may use any of them. It is no descriptor of the C
 * library's: closesocket() closes it and fcntlsocket() sets O_NONBLOCK. With TCPIP_BERKELEY_FILES
 * defined before the inclusion, close, read, write and fcntl mean these, too, in the files that
 * include this header, and files cannot be used there.
 *
 * Functions return -1 and set errno, as known. The FreeRTOS_ names stay usable beside these, but for
 * the macro sin_addr: write sin_address.ulIP_IPv4. From tasks only, once the stack runs.
 */
#pragma once

#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <sys/types.h>

#include "FreeRTOS_Sockets.h"

#if defined(_SYS_SOCKET_H) || defined(_NETINET_IN_H) || defined(_ARPA_INET_H) ||                   \
    defined(_NETDB_H) || defined(_SYS_POLL_H)
#error "tcpip_berkeley.h stands for <sys/socket.h>, <netinet/in.h>, <arpa/inet.h>, <netdb.h> and \
<poll.h>: do not include them"
#endif

#undef sin_addr
#undef socklen_t
typedef uint32_t socklen_t;
typedef uint8_t sa_family_t;
typedef uint32_t in_addr_t;
typedef uint16_t in_port_t;

/* --- addresses --------------------------------------------------------------------------------- */

#define AF_UNSPEC        0
#define AF_INET          FREERTOS_AF_INET
#define AF_INET6         FREERTOS_AF_INET6
#define PF_UNSPEC        AF_UNSPEC
#define PF_INET          AF_INET
#define PF_INET6         AF_INET6
#define SOCK_STREAM      FREERTOS_SOCK_STREAM
#define SOCK_DGRAM       FREERTOS_SOCK_DGRAM
#define IPPROTO_IP       0
#define IPPROTO_TCP      FREERTOS_IPPROTO_TCP
#define IPPROTO_UDP      FREERTOS_IPPROTO_UDP
#define IPPROTO_IPV6     41
#define INADDR_ANY       ((in_addr_t)0)
#define INADDR_LOOPBACK  ((in_addr_t)0x7f000001)
#define INADDR_BROADCAST ((in_addr_t)0xffffffff)
#define INADDR_NONE      ((in_addr_t)0xffffffff)
#define INET_ADDRSTRLEN  16
#define INET6_ADDRSTRLEN 46
#define SOMAXCONN        16

struct in_addr {
    in_addr_t s_addr; /* network order */
};

struct in6_addr {
    uint8_t s6_addr[16];
};

struct sockaddr {
    uint8_t sa_len;
    sa_family_t sa_family;
    char sa_data[14];
};

struct sockaddr_in {
    uint8_t sin_len;
    sa_family_t sin_family;
    in_port_t sin_port; /* network order */
    struct in_addr sin_addr;
    char sin_zero[8];
};

struct sockaddr_in6 {
    uint8_t sin6_len;
    sa_family_t sin6_family;
    in_port_t sin6_port;
    uint32_t sin6_flowinfo;
    struct in6_addr sin6_addr; /* IPv4 peers of such a socket are ::ffff:1.2.3.4 */
    uint32_t sin6_scope_id;    /* the interface of a link-local address, from 1 */
};

struct sockaddr_storage {
    uint8_t ss_len;
    sa_family_t ss_family;
    uint8_t ss_pad[2];
    uint32_t ss_data[6];
};

#define IN6ADDR_ANY_INIT                                                                           \
    {                                                                                              \
        {                                                                                          \
            0                                                                                      \
        }                                                                                          \
    }
#define IN6ADDR_LOOPBACK_INIT                                                                      \
    {                                                                                              \
        {                                                                                          \
            0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1                                         \
        }                                                                                          \
    }

#undef htons
#undef htonl
#undef ntohs
#undef ntohl
#define htons(value) FreeRTOS_htons(value)
#define htonl(value) FreeRTOS_htonl(value)
#define ntohs(value) FreeRTOS_ntohs(value)
#define ntohl(value) FreeRTOS_ntohl(value)

/* --- options and flags ------------------------------------------------------------------------- */

#define SHUT_RD       FREERTOS_SHUT_RD
#define SHUT_WR       FREERTOS_SHUT_WR
#define SHUT_RDWR     FREERTOS_SHUT_RDWR

#define MSG_PEEK      FREERTOS_MSG_PEEK
#define MSG_DONTWAIT  FREERTOS_MSG_DONTWAIT
#define MSG_WAITALL   0x100
#define MSG_NOSIGNAL  0x200 /* there are no signals */

#define SOL_SOCKET    0xfff
#define SO_TYPE       1  /* int, read only */
#define SO_ERROR      2  /* int, read only: why an attempt to connect failed */
#define SO_RCVTIMEO   3  /* struct timeval; 0: for ever */
#define SO_SNDTIMEO   4  /* the same */
#define SO_RCVBUF     5  /* int, TCP, before it connects or listens */
#define SO_SNDBUF     6  /* the same */
#define SO_KEEPALIVE  7  /* int */
#define SO_REUSEADDR  8  /* int: a port whose old connections end is free in any case */
#define SO_BROADCAST  9  /* int: is allowed in any case */
#define SO_ACCEPTCONN 10 /* int, read only */
#define TCP_NODELAY   1  /* int */
#define TCP_KEEPIDLE  2  /* int, seconds */
#define TCP_KEEPINTVL 3  /* int, seconds */
#define TCP_KEEPCNT   4  /* int */
#define IPV6_V6ONLY   1  /* int, before it is bound; at first it takes part in both families */

struct addrinfo {
    int ai_flags;
    int ai_family;
    int ai_socktype;
    int ai_protocol;
    socklen_t ai_addrlen;
    struct sockaddr *ai_addr;
    char *ai_canonname;
    struct addrinfo *ai_next;
};

#define AI_PASSIVE     1
#define AI_CANONNAME   2
#define AI_NUMERICHOST 4
#define AI_NUMERICSERV 8

#define EAI_FAMILY     1
#define EAI_SOCKTYPE   2
#define EAI_NONAME     3
#define EAI_SERVICE    4
#define EAI_MEMORY     5
#define EAI_AGAIN      6
#define EAI_BADFLAGS   7
#define EAI_OVERFLOW   8
#define EAI_FAIL       9

#define NI_NUMERICHOST 1
#define NI_NUMERICSERV 2
#define NI_NAMEREQD    4
#define NI_DGRAM       8
#define NI_MAXHOST     256
#define NI_MAXSERV     8

struct pollfd {
    int fd;
    short events;
    short revents;
};
typedef unsigned int nfds_t;

#define POLLIN   1
#define POLLOUT  2
#define POLLPRI  4 /* never reported */
#define POLLERR  8
#define POLLHUP  16
#define POLLNVAL 32

#undef fd_set /* newlib: a macro */
#undef FD_SETSIZE
#undef FD_ZERO
#undef FD_SET
#undef FD_CLR
#undef FD_ISSET
#define FD_SETSIZE (ipconfigBERKELEY_FIRST_DESCRIPTOR + ipconfigBERKELEY_DESCRIPTORS)

struct tcpip_fd_set {
    uint32_t words[(FD_SETSIZE + 31) / 32];
};
#define fd_set struct tcpip_fd_set

#ifdef __cplusplus
extern "C" {
#endif

/* The functions behind these names: a result or a negated errno. */
int tcpip_bsd_socket(int domain, int type, int protocol);
int tcpip_bsd_bind(int descriptor, const struct sockaddr *address, socklen_t size);
int tcpip_bsd_listen(int descriptor, int backlog);
int tcpip_bsd_accept(int descriptor, struct sockaddr *address, socklen_t *size);
int tcpip_bsd_connect(int descriptor, const struct sockaddr *address, socklen_t size);
int tcpip_bsd_shutdown(int descriptor, int how);
int tcpip_bsd_close(int descriptor);
int tcpip_bsd_control(int descriptor, int command, int flags);
int tcpip_bsd_name(int descriptor, bool of_peer, struct sockaddr *address, socklen_t *size);
int tcpip_bsd_send(int descriptor, const void *bytes, size_t count, int flags,
                   const struct sockaddr *to, socklen_t size);
int tcpip_bsd_receive(int descriptor, void *bytes, size_t count, int flags, struct sockaddr *from,
                      socklen_t *size);
int tcpip_bsd_set_option(int descriptor, int level, int option, const void *value, socklen_t size);
int tcpip_bsd_get_option(int descriptor, int level, int option, void *value, socklen_t *size);
int tcpip_bsd_poll(struct pollfd *descriptors, nfds_t count, int timeout_ms);
int tcpip_bsd_select(int count, struct tcpip_fd_set *readable, struct tcpip_fd_set *writable,
                     struct tcpip_fd_set *exceptional, const struct timeval *timeout);

/* These return their own error numbers. */
int tcpip_bsd_getaddrinfo(const char *node, const char *service, const struct addrinfo *hints,
                          struct addrinfo **result);
void tcpip_bsd_freeaddrinfo(struct addrinfo *list);
int tcpip_bsd_getnameinfo(const struct sockaddr *address, socklen_t size, char *host,
                          socklen_t host_size, char *service, socklen_t service_size, int flags);
const char *tcpip_bsd_gai_strerror(int error);

static inline int tcpip_bsd_result(int result)
{
    if (result >= 0)
        return result;
    errno = -result;
    return -1;
}

static inline int socket(int domain, int type, int protocol)
{
    return tcpip_bsd_result(tcpip_bsd_socket(domain, type, protocol));
}

static inline int bind(int descriptor, const struct sockaddr *address, socklen_t size)
{
    return tcpip_bsd_result(tcpip_bsd_bind(descriptor, address, size));
}

static inline int listen(int descriptor, int backlog)
{
    return tcpip_bsd_result(tcpip_bsd_listen(descriptor, backlog));
}

static inline int accept(int descriptor, struct sockaddr *address, socklen_t *size)
{
    return tcpip_bsd_result(tcpip_bsd_accept(descriptor, address, size));
}

static inline int connect(int descriptor, const struct sockaddr *address, socklen_t size)
{
    return tcpip_bsd_result(tcpip_bsd_connect(descriptor, address, size));
}

static inline int shutdown(int descriptor, int how)
{
    return tcpip_bsd_result(tcpip_bsd_shutdown(descriptor, how));
}

static inline int closesocket(int descriptor)
{
    return tcpip_bsd_result(tcpip_bsd_close(descriptor));
}

/* F_GETFL and F_SETFL with O_NONBLOCK. */
static inline int fcntlsocket(int descriptor, int command, int flags)
{
    return tcpip_bsd_result(tcpip_bsd_control(descriptor, command, flags));
}

static inline int getsockname(int descriptor, struct sockaddr *address, socklen_t *size)
{
    return tcpip_bsd_result(tcpip_bsd_name(descriptor, false, address, size));
}

static inline int getpeername(int descriptor, struct sockaddr *address, socklen_t *size)
{
    return tcpip_bsd_result(tcpip_bsd_name(descriptor, true, address, size));
}

static inline ssize_t send(int descriptor, const void *bytes, size_t count, int flags)
{
    return tcpip_bsd_result(tcpip_bsd_send(descriptor, bytes, count, flags, NULL, 0));
}

static inline ssize_t sendto(int descriptor, const void *bytes, size_t count, int flags,
                             const struct sockaddr *to, socklen_t size)
{
    return tcpip_bsd_result(tcpip_bsd_send(descriptor, bytes, count, flags, to, size));
}

static inline ssize_t recv(int descriptor, void *bytes, size_t count, int flags)
{
    return tcpip_bsd_result(tcpip_bsd_receive(descriptor, bytes, count, flags, NULL, NULL));
}

static inline ssize_t recvfrom(int descriptor, void *bytes, size_t count, int flags,
                               struct sockaddr *from, socklen_t *size)
{
    return tcpip_bsd_result(tcpip_bsd_receive(descriptor, bytes, count, flags, from, size));
}

static inline int setsockopt(int descriptor, int level, int option, const void *value,
                             socklen_t size)
{
    return tcpip_bsd_result(tcpip_bsd_set_option(descriptor, level, option, value, size));
}

static inline int getsockopt(int descriptor, int level, int option, void *value, socklen_t *size)
{
    return tcpip_bsd_result(tcpip_bsd_get_option(descriptor, level, option, value, size));
}

static inline int poll(struct pollfd *descriptors, nfds_t count, int timeout_ms)
{
    return tcpip_bsd_result(tcpip_bsd_poll(descriptors, count, timeout_ms));
}

/* A C library may have declared it: a macro, then. The timeout is not changed. */
#undef select
#define select(count, readable, writable, exceptional, timeout)                                    \
    tcpip_bsd_result(tcpip_bsd_select((count), (readable), (writable), (exceptional), (timeout)))

static inline void tcpip_fd_zero(struct tcpip_fd_set *set)
{
    memset(set, 0, sizeof *set);
}

static inline bool tcpip_fd_is_set(int descriptor, const struct tcpip_fd_set *set)
{
    return descriptor >= 0 && descriptor < FD_SETSIZE &&
           set->words[descriptor / 32] >> descriptor % 32 & 1u;
}

static inline void tcpip_fd_put(int descriptor, struct tcpip_fd_set *set, bool member)
{
    uint32_t bit = (uint32_t)1 << (unsigned)descriptor % 32u;

    if (descriptor < 0 || descriptor >= FD_SETSIZE)
        return;
    if (member)
        set->words[descriptor / 32] |= bit;
    else
        set->words[descriptor / 32] &= ~bit;
}

#define FD_ZERO(set)              tcpip_fd_zero(set)
#define FD_SET(descriptor, set)   tcpip_fd_put((descriptor), (set), true)
#define FD_CLR(descriptor, set)   tcpip_fd_put((descriptor), (set), false)
#define FD_ISSET(descriptor, set) tcpip_fd_is_set((descriptor), (set))

/* Names come from DNS; `service` is a number; a socktype of 0 gives one entry for each kind. */
static inline int getaddrinfo(const char *node, const char *service, const struct addrinfo *hints,
                              struct addrinfo **result)
{
    return tcpip_bsd_getaddrinfo(node, service, hints, result);
}

static inline void freeaddrinfo(struct addrinfo *list)
{
    tcpip_bsd_freeaddrinfo(list);
}

/* As numbers only: with NI_NAMEREQD the result is EAI_NONAME. */
static inline int getnameinfo(const struct sockaddr *address, socklen_t size, char *host,
                              socklen_t host_size, char *service, socklen_t service_size, int flags)
{
    return tcpip_bsd_getnameinfo(address, size, host, host_size, service, service_size, flags);
}

static inline const char *gai_strerror(int error)
{
    return tcpip_bsd_gai_strerror(error);
}

static inline int inet_pton(int family, const char *text, void *address)
{
    if (family != AF_INET && family != AF_INET6)
        return tcpip_bsd_result(-EAFNOSUPPORT);
    return FreeRTOS_inet_pton(family, text, address) == pdPASS;
}

static inline const char *inet_ntop(int family, const void *address, char *text, socklen_t size)
{
    const char *result = FreeRTOS_inet_ntop(family, address, text, size);

    if (result == NULL)
        errno = family == AF_INET || family == AF_INET6 ? ENOSPC : EAFNOSUPPORT;
    return result;
}

static inline in_addr_t inet_addr(const char *text)
{
    uint32_t address;

    return FreeRTOS_inet_pton4(text, &address) == pdPASS ? address : INADDR_NONE;
}

static inline int inet_aton(const char *text, struct in_addr *address)
{
    return FreeRTOS_inet_pton4(text, &address->s_addr) == pdPASS;
}

#ifdef __cplusplus
}
#endif

#ifdef TCPIP_BERKELEY_FILES
#undef close
#undef read
#undef write
#undef fcntl
#define close(descriptor)                 closesocket(descriptor)
#define read(descriptor, bytes, count)    recv((descriptor), (bytes), (count), 0)
#define write(descriptor, bytes, count)   send((descriptor), (bytes), (count), 0)
#define fcntl(descriptor, command, flags) fcntlsocket((descriptor), (command), (flags))
#endif
