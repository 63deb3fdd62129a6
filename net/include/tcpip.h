/* SPDX-License-Identifier: MIT */
/*
 * What an application needs beyond the known API: devices, entropy, names of its own, and a look
 * inside.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tcpip_address.h"

#ifdef __cplusplus
extern "C" {
#endif

struct netif;
struct tcpip_socket;
struct xNetworkEndPoint;
struct xNetworkInterface;

/* Makes a network device an interface of the stack; the first one is the default. `mac` is its
 * station address, NULL leaves the device's own. Before the stack is started. NULL: there are
 * ipconfigMAX_INTERFACES already. `netif` must stay. */
struct xNetworkInterface *tcpip_add_interface(struct netif *netif, const uint8_t mac[6]);

/* Makes an interface for the network with this id, 1 to 4094, of those that share the wire of `under` by
 * a tag (IEEE 802.1Q); frames without a tag, or with the id 0, go on being those of `under` itself. What it
 * sends has this priority, 0 to 7 (0 is the usual, 1 the lowest). Its station, its MTU and its link are
 * those of `under`, whose device must take frames four bytes longer than its MTU says. Before the stack is
 * started. Needs ipconfigVLANS. NULL: there are so many, or ipconfigMAX_INTERFACES, already; a number is out
 * of range; the network has an interface; or `under` is such an interface itself. */
struct xNetworkInterface *tcpip_add_vlan(struct xNetworkInterface *under, uint16_t id,
                                         uint8_t priority);

/* The source of unpredictable numbers (ids, ports, sequence numbers): fills `size` bytes, false on
 * failure. board_entropy of board.h fits. Before the stack is started. */
void tcpip_set_entropy(bool (*fill)(void *buffer, size_t size));

/* A key that only this device has and keeps for ever. With it the addresses of IPv6 that it makes for
 * itself stay the same on a link and cannot be guessed (RFC 7217); without, they stay the same. Before
 * the stack is started. */
void tcpip_set_secret(const uint8_t key[16]);

/* Gives the lease of an end-point back to its DHCP server; the end-point is down then until
 * tcpip_lease_request, which also has a lease in use confirmed anew. Each waits for the stack's task, not
 * for a server. False: the end-point does not use DHCP, its link is down, or there is no memory. */
void tcpip_lease_release(struct xNetworkEndPoint *end_point);
bool tcpip_lease_request(struct xNetworkEndPoint *end_point);

/* Gives `name` an address of its own that goes before DNS; an IPv4 address is four bytes in network
 * order. Names compare without regard to case. Any task, or before the stack is started. False: the
 * name is longer than ipconfigDNS_CACHE_NAME_LENGTH allows, or there are ipconfigMAX_STATIC_HOSTS.
 */
bool tcpip_host_add(const char *name, const struct tcpip_address *address);
void tcpip_host_clear(void);

/* Names without a dot at their end are also searched in `domain`: "lamp" as "lamp.example.net". Names
 * that have a dot are first searched as they are, others last. The text must stay. Any task, or
 * before the stack is started. False: there are ipconfigDNS_SEARCH_DOMAINS. */
bool tcpip_dns_search_add(const char *domain);
void tcpip_dns_search_clear(void);

/* An IPv4 address from its four numbers. */
struct tcpip_address tcpip_ipv4(uint8_t a, uint8_t b, uint8_t c, uint8_t d);

/* The type of a raw socket, with ipconfigUSE_RAW_SOCKETS: FreeRTOS_socket(domain, TCPIP_SOCK_RAW, number)
 * with a protocol number of IP from 1 to 255. It receives what stands behind the IP header of each packet of
 * that protocol that is for us, and sends such; of ICMPv6 the checksum is put in. Ports count nothing. */
enum { TCPIP_SOCK_RAW = 3 };

/* Options of a UDP or raw socket for FreeRTOS_setsockopt, on top of the known ones, with the types of their
 * values. Packets to a group go one hop far unless the second says otherwise. A socket leaves its groups
 * when it is closed. */
enum tcpip_group_option {
    TCPIP_SO_JOIN_GROUP = 320, /* struct tcpip_group_membership */
    TCPIP_SO_LEAVE_GROUP,      /* the same */
    TCPIP_SO_HOPS,             /* uint8_t: of all that the socket sends; 0: the usual */
};

/* -EADDRINUSE: it is a member already, -ENOBUFS: no memory, or ipconfigMULTICAST_GROUPS are in use,
 * -EADDRNOTAVAIL: no interface leads to the group; or, when leaving, it is no member. */
struct tcpip_group_membership {
    struct tcpip_address group;
    struct xNetworkInterface *interface; /* NULL: the one that leads there */
};

/* Ends the stack: stops the devices, ends every look-up, deletes the task. Sockets must be closed
 * before. Waits for the stack's task. It can be started again, with interfaces added anew. */
void tcpip_stop(void);

/* True when every frame of the pool is free: nothing waits anywhere. */
bool tcpip_nothing_left(void);

/* Frames that were given up, for the reason with this number; names the reason. False behind the
 * last. For listings. */
bool tcpip_drop_count(size_t reason, const char **name, uint32_t *count);

/* An option of any socket of FREERTOS_AF_INET6 that is not bound yet: BaseType_t, it takes part in IPv6
 * only, so that an IPv4 listener may have the same TCP port. For FreeRTOS_setsockopt. */
enum { TCPIP_SO_IPV6_ONLY = 300 };

/* --- TCP ------------------------------------------------------------------------------------------- */

/* Options of a TCP socket for FreeRTOS_setsockopt, on top of the known ones. A child of a listener
 * begins with its listener's. */
enum tcpip_socket_option {
    TCPIP_SO_NO_DELAY = 256, /* BaseType_t: small writes leave at once, Nagle's algorithm is off */
    TCPIP_SO_NO_DELAYED_ACK, /* BaseType_t: every segment of data is acknowledged at once */
    TCPIP_SO_KEEP_ALIVE,     /* BaseType_t: an idle peer is probed */
    TCPIP_SO_KEEP_ALIVE_TIMES, /* struct tcpip_keep_alive */
    TCPIP_SO_USER_TIMEOUT,     /* uint32_t, ms: how long data may stay unacknowledged before the
                                  connection has failed (RFC 5482); 0: as often as it is repeated */
};

/* Milliseconds, at least 1; at least 1 probe. */
struct tcpip_keep_alive {
    uint32_t idle;     /* without a word from the peer, until the first probe */
    uint32_t interval; /* between probes without an answer */
    uint8_t probes;    /* without an answer, after which the connection has failed */
};

/* What a connection has carried; each number wraps. */
struct tcpip_tcp_traffic {
    uint32_t bytes_in, bytes_out; /* of payload; repeated ones count each time on their way out */
    uint32_t segments_in, segments_out;
    uint32_t retransmitted; /* segments */
    uint32_t timeouts;      /* of the retransmission timer */
    uint32_t duplicate_acks;
};

struct tcpip_tcp_statistics {
    struct tcpip_tcp_traffic traffic;
    uint32_t rtt_ms, rtt_variation_ms; /* smoothed (RFC 6298) */
    uint32_t retransmission_timeout_ms;
    uint32_t congestion_window, slow_start_threshold; /* bytes */
    uint32_t send_window, receive_window;             /* as offered by the peer, and to it */
    uint32_t in_flight;                               /* sent and not yet acknowledged */
    uint16_t segment_size;                            /* most payload of a segment to the peer */
};

/* The statistics of the socket's connection, also of one that has failed until the socket is closed.
 * From tasks; waits for the stack's task. False: not a TCP socket, or it has no connection. Needs
 * ipconfigUSE_TCP_STATISTICS. */
bool tcpip_tcp_get_statistics(struct tcpip_socket *socket, struct tcpip_tcp_statistics *statistics);

#ifdef __cplusplus
}
#endif
