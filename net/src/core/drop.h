/* SPDX-License-Identifier: MIT */
/*
 * Why a frame went no further. Every frame that the stack gives up, on its way in or out, is
 * counted under exactly one reason.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "FreeRTOSIPConfigDefaults.h"

struct netif_frame;

enum tcpip_drop {
    TCPIP_DROP_LINK_DOWN,        /* came in while the link was down */
    TCPIP_DROP_LINK_SHORT,       /* no whole Ethernet header */
    TCPIP_DROP_LINK_SOURCE,      /* own, zero or group source address */
    TCPIP_DROP_LINK_DESTINATION, /* for another station */
    TCPIP_DROP_LINK_TYPE,        /* unknown Ethernet type, or 802.3 length */
#if ipconfigVLANS > 0
    TCPIP_DROP_LINK_VLAN, /* of a tagged network that has no interface */
#endif
#if ipconfigUSE_PACKET_SOCKETS
    TCPIP_DROP_PACKET_QUEUE, /* a packet socket's queue is full */
#endif
    TCPIP_DROP_ARP_FORMAT,       /* not Ethernet and IPv4, or too short */
    TCPIP_DROP_ARP_SPOOFED,      /* sender differs from the Ethernet source, or no host address */
    TCPIP_DROP_ARP_UNSOLICITED,  /* a reply that nobody asked for */
    TCPIP_DROP_ARP_FOREIGN,      /* a request for another host */
    TCPIP_DROP_NEIGHBOUR_QUEUE,  /* too many frames wait for the same neighbour */
    TCPIP_DROP_NEIGHBOUR_ABSENT, /* the neighbour did not answer */
    TCPIP_DROP_NEIGHBOUR_TABLE,  /* no entry to be had */
    TCPIP_DROP_IP_SHORT,         /* header or total length beyond the frame */
    TCPIP_DROP_IP_VERSION,
    TCPIP_DROP_IP_HEADER, /* IHL or total length contradict each other */
    TCPIP_DROP_IP_CHECKSUM,
    TCPIP_DROP_IP_OPTIONS,     /* options or extension headers malformed, or not wanted */
    TCPIP_DROP_IP_FRAGMENT,    /* not wanted, malformed, or overlapping */
    TCPIP_DROP_IP_REASSEMBLY,  /* never whole, or no place to put it together */
    TCPIP_DROP_IP_SOURCE,      /* no host can have sent from there */
    TCPIP_DROP_IP_DESTINATION, /* for another host */
    TCPIP_DROP_IP_PROTOCOL,    /* nobody handles it */
    TCPIP_DROP_ICMP_SHORT,
    TCPIP_DROP_ICMP_CHECKSUM,
    TCPIP_DROP_ICMP_TYPE,      /* not handled, or not answered when sent to a group */
    TCPIP_DROP_GROUP,          /* a message about groups, malformed or from afar */
    TCPIP_DROP_ND_FORMAT,      /* contradicts its own lengths or RFC 4861 */
    TCPIP_DROP_ND_SPOOFED,     /* came through a router, or claims what is ours */
    TCPIP_DROP_ND_FOREIGN,     /* about another host, or for routers */
    TCPIP_DROP_ND_UNSOLICITED, /* an advertisement that nobody asked for */
    TCPIP_DROP_ND_ROUTER,      /* from a router of which nothing is wanted, or from none of ours */
    TCPIP_DROP_UDP_SHORT,      /* header or length field beyond the packet */
    TCPIP_DROP_UDP_CHECKSUM,
    TCPIP_DROP_UDP_PORT,  /* nobody listens */
    TCPIP_DROP_UDP_QUEUE, /* the socket's queue is full */
    TCPIP_DROP_TCP_FORMAT,
    TCPIP_DROP_TCP_CHECKSUM,
    TCPIP_DROP_TCP_SEQUENCE,   /* old, outside the window, or about what was never sent */
    TCPIP_DROP_TCP_CONNECTION, /* of none, or of one that is no more */
    TCPIP_DROP_TCP_LIMIT,      /* no room for another connection */
    TCPIP_DROP_OUT_NO_ROUTE,
    TCPIP_DROP_OUT_TOO_BIG,
    TCPIP_DROP_OUT_NO_ROOM,  /* the driver refused it */
    TCPIP_DROP_OUT_NO_FRAME, /* none free to build it in */
    TCPIP_DROP_CLIENT,       /* refused by the DHCP or DNS client */
    TCPIP_DROP_REASONS,
    TCPIP_DROP_NONE = TCPIP_DROP_REASONS, /* where a reason is asked for and there is none */
};

/* Counts; when `frame` is not NULL, also gives it back. From the stack's task. */
void tcpip_drop(struct netif_frame *frame, enum tcpip_drop reason);

/* When not NULL: called with each loss, before the frame, if there is one, is given back. */
extern void (*tcpip_drop_told)(enum tcpip_drop reason, const struct netif_frame *frame);

/* What has been counted. TCP's engine counts what it refuses by itself, and `told` is not told of it. */
extern uint32_t tcpip_drop_counts[TCPIP_DROP_REASONS];

uint32_t tcpip_drops(enum tcpip_drop reason);
uint32_t tcpip_drops_total(void);
void tcpip_drops_reset(void);

/* A few words for a listing: "bad UDP checksum". */
const char *tcpip_drop_name(enum tcpip_drop reason);
